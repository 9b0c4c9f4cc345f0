import { assessPath } from '../dist/index.js';
import { readRepository } from '../dist/read/disk.js';
import { parseCode } from '../dist/read/code/parse.js';

/** One measurement in a fresh process: `measure.mjs floor|whole <folder>`. */
const [what, folder] = process.argv.slice(2);
const started = performance.now();
if (what === 'floor') {
  const read = await readRepository(folder);
  if (!read.ok) throw new Error(read.what);
  await parseCode(read.repository.files.filter(file => /\.(py|[cm]?[jt]sx?)$/.test(file.path)));
} else {
  const result = await assessPath(folder);
  if (!result.ok) throw new Error(result.what);
}
console.log(
  JSON.stringify({
    milliseconds: performance.now() - started,
    megabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
