// Bundles src/ into reader.js, which is checked in so that nobody needs Node to run Trigpoint.
// With --tests it compiles test/*.test.ts into build/ for Node's own test runner.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { dirname, join } from "node:path";
import { build, transform } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));

/** sha256 over "name NUL text NUL" of every file in src/, by name, line ends as LF. */
function sourcesDigest() {
  const digest = createHash("sha256");
  for (const name of readdirSync(join(here, "src")).sort()) {
    const text = readFileSync(join(here, "src", name), "utf8").replaceAll("\r\n", "\n");
    digest.update(`${name}\0${text}\0`, "utf8");
  }
  return digest.digest("hex");
}

// Members keep their names for the browser's debugger; the rest is shortened, to travel light.
const small = { minify: true, lineLimit: 120 };

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
  const result = await build({ ...shared, entryPoints: ["src/index.ts"], ...small, write: false });
  const text = `// sources sha256 ${sourcesDigest()}; made by "npm run build" from src/, do not edit\n`;
  writeFileSync(join(here, "reader.js"), text + result.outputFiles[0].text);
}
