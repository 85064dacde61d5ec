// The shapes of all records as the modules of the browser read them, from the schemas, which are
// generated from the Rust types.

import { readFileSync, readdirSync } from "node:fs";

const SCHEMAS = new URL("../../schemas/", import.meta.url);
const HEAD = `// The form of every record, from the schemas (\`UPDATE_EXPECT=1 node --test tests/browser/rules.test.js\`
// writes this file anew). A type is the name of another shape or \`text\`, \`bool\`, \`u32\`, \`u64\`,
// \`json\`; \`[x]\` is a list of x. Behind it: \`?\` a member that may be absent or null, \`=\` one that may
// only be absent. Words between \`|\` are a choice, of a list the first form that fits is taken, and under
// \`oneOf\` exactly one of the members stands.

export const SHAPES = {
`;
/** Texts of a form of their own, which the reader knows. */
const TEXTS = ["Day", "Instant", "StandardReference"];
const WIDTH = 100;

/** The module \`rules/shapes.js\`. */
export function shapesModule() {
  const shapes = new Map();
  for (const file of readdirSync(SCHEMAS).sort()) {
    const schema = file.endsWith(".json") ? JSON.parse(readFileSync(new URL(file, SCHEMAS))) : {};
    if (schema.$id === undefined) {
      continue;
    }
    for (const [name, definition] of Object.entries(schema.$defs)) {
      if (!TEXTS.includes(name)) {
        shapes.set(name, shapeOf(definition));
      }
    }
    const document = shapeOf({ ...schema, properties: closed(schema.properties) });
    shapes.set("Document", { ...document, credentialSubject: "Subject" });
  }
  const lines = [...shapes].sort(([one], [other]) => (one < other ? -1 : 1)).map(line);
  return `${HEAD}${lines.join("")}};\n`;
}

/** The members of the envelope, the proof taken as it is. */
function closed(properties) {
  return { ...properties, proof: { type: ["json", "null"] } };
}

function shapeOf(definition) {
  const words = definition.enum ?? definition.oneOf?.map((one) => one.const);
  if (definition.oneOf?.[0].properties) {
    return { oneOf: Object.assign({}, ...definition.oneOf.map(shapeOf)) };
  }
  if (words?.every((word) => typeof word === "string")) {
    return words.join("|");
  }
  // A choice that is grouped by whether its words are explained.
  if (definition.oneOf) {
    return definition.oneOf.flatMap((one) => one.enum ?? [one.const]).join("|");
  }
  if (definition.anyOf) {
    return definition.anyOf.map(typeOf);
  }
  if (definition.type === "array") {
    return `[${typeOf(definition.items)}]`;
  }
  const known = Object.entries(definition.properties).filter(([, member]) => isRead(member));
  return Object.fromEntries(
    known.map(([name, member]) => {
      const isNullable = member.type?.includes?.("null") || member.anyOf?.at(-1).type === "null";
      const isDue = definition.required?.includes(name);
      return [name, typeOf(member) + (isNullable ? "?" : isDue ? "" : "=")];
    }),
  );
}

/** Whether a member is more than kept: one of others has no type. */
function isRead(member) {
  return member.$ref ?? member.type ?? member.anyOf;
}

function typeOf(member) {
  const [type] = [member.type].flat();
  if (member.$ref || member.anyOf) {
    return (member.$ref ?? member.anyOf[0].$ref).split("/").at(-1);
  }
  if (type === "array") {
    return `[${typeOf(member.items)}]`;
  }
  return { string: "text", boolean: "bool", integer: member.format?.replace("int", "") }[type] ?? type;
}

function line([name, shape]) {
  if (typeof shape === "string" || Array.isArray(shape)) {
    return wrapped(`  ${name}: `, JSON.stringify(shape).replaceAll(",", ", "));
  }
  const text = (object) =>
    Object.entries(object).map(([key, type]) => {
      const spelled = /^[a-z]+$/i.test(key) ? key : JSON.stringify(key);
      return `${spelled}: ${typeof type === "string" ? JSON.stringify(type) : `{ ${text(type).join(", ")} }`}`;
    });
  const members = text(shape);
  const whole = `  ${name}: { ${members.join(", ")} },\n`;
  return whole.length <= WIDTH + 1 ? whole : `  ${name}: {\n    ${members.join(",\n    ")},\n  },\n`;
}

function wrapped(head, text) {
  const whole = `${head}${text},\n`;
  return whole.length <= WIDTH + 1 ? whole : `${head.trimEnd()}\n    ${text},\n`;
}
