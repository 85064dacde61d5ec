// Why bytes were refused: one error class for all modules.

/** Bytes that are not what they claim to be; the code is stable for programs. */
export class Refused extends Error {
  /**
   * @param {string} code camelCase, such as `duplicateName`
   * @param {object} facts what a person is told beside it
   */
  constructor(code, facts = {}) {
    super(code);
    this.name = "Refused";
    this.code = code;
    this.facts = facts;
  }
}
