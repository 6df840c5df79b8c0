// Bundles a component's src/ into NAME.js, which is checked in so that nobody needs Node to run Trigpoint.
// "npm run build" in the component's folder calls it; with --tests it compiles test/*.test.ts into build/
// for Node's own test runner.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";

const here = process.cwd();
// What builds is installed with the component, not beside this script.
const { build, transform } = createRequire(join(here, "package.json"))("esbuild");

/** sha256 over "name NUL text NUL" of every file in src/, by name, line ends as LF. */
function sourcesDigest() {
  const digest = createHash("sha256");
  for (const name of readdirSync(join(here, "src")).sort()) {
    const text = readFileSync(join(here, "src", name), "utf8").replaceAll("\r\n", "\n");
    digest.update(`${name}\0${text}\0`, "utf8");
  }
  return digest.digest("hex");
}

const styles = {
  name: "styles",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "css", minifyWhitespace: true });
      return { contents: code, loader: "text" };
    });
  },
};

const shared = {
  absWorkingDir: here,
  bundle: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  plugins: [styles],
  legalComments: "none",
};

if (process.argv.includes("--tests")) {
  rmSync(join(here, "build"), { recursive: true, force: true });
  mkdirSync(join(here, "build"));
  const tests = readdirSync(join(here, "test")).filter((name) => name.endsWith(".test.ts"));
  await build({
    ...shared,
    platform: "node",
    entryPoints: tests.map((name) => join("test", name)),
    outdir: "build",
    outExtension: { ".js": ".mjs" },
  });
} else {
  // Members keep their names for the browser's debugger; the rest is shortened, to travel light.
  const small = { minify: true, lineLimit: 120 };
  const result = await build({ ...shared, entryPoints: ["src/index.ts"], ...small, write: false });
  const first = `// sources sha256 ${sourcesDigest()}; made by "npm run build" from src/, do not edit\n`;
  writeFileSync(join(here, `${basename(here)}.js`), first + result.outputFiles[0].text);
}
