// Bundles src/ into tree.js, which is checked in so that nobody needs Node to run Trigpoint.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
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

const styles = {
  name: "styles",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "css", minifyWhitespace: true });
      return { contents: code, loader: "text" };
    });
  },
};

const result = await build({
  absWorkingDir: here,
  entryPoints: ["src/index.ts"],
  bundle: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  plugins: [styles],
  legalComments: "none",
  // Names stay readable in the browser's debugger; only white space goes, to travel light.
  minifySyntax: true,
  minifyWhitespace: true,
  lineLimit: 120,
  write: false,
});
const first = `// sources sha256 ${sourcesDigest()}; made by "npm run build" from src/, do not edit\n`;
writeFileSync(join(here, "tree.js"), first + result.outputFiles[0].text);
