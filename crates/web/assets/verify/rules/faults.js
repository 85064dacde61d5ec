// What is wrong with a document, and where (crates/model/src/fault.rs).

/** Collects faults while walking a document, keeping the JSON pointer of the current place. */
export class Faults {
  constructor() {
    this.path = "";
    /** `{pointer, code}` in the order of the walk. */
    this.found = [];
  }

  /** Walks into a member or an element while `check` runs. */
  member(name, check) {
    const { path } = this;
    this.path = `${path}/${String(name).replace(/~/g, "~0").replace(/\//g, "~1")}`;
    try {
      return check();
    } finally {
      this.path = path;
    }
  }

  /** Walks into each element of the array `name`. */
  each(name, items, check) {
    this.member(name, () => {
      items.forEach((item, index) => this.member(index, () => check(item, index)));
    });
  }

  /** Notes a fault at the current place. */
  note(code) {
    this.found.push({ pointer: this.path, code });
  }

  /** Notes a fault at the member `name` unless it `holds`. */
  require(holds, name, code) {
    if (!holds) {
      this.member(name, () => this.note(code));
    }
  }
}
