// Runs every test of the pages on one demo world, which none of them changes.

import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { SHARED, openWorld } from "./world.js";

const HERE = fileURLToPath(new URL("./", import.meta.url));

const world = await openWorld();
const files = readdirSync(HERE).filter((name) => name.endsWith(".test.js")).map((name) => HERE + name);
const tests = spawn(process.execPath, ["--test", "--test-reporter=dot", "--test-concurrency=2", ...files], {
  env: { ...process.env, [SHARED]: JSON.stringify(world.nodes) },
  stdio: "inherit",
});
tests.on("exit", (code) => {
  world.close();
  process.exitCode = code ?? 1;
});
