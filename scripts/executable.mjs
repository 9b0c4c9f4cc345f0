import { chmodSync, readFileSync } from 'node:fs';

/** The compiler writes plain files; what `npx` runs by its name must be a program. */
const { bin } = JSON.parse(readFileSync('package.json', 'utf8'));
for (const path of Object.values(bin)) chmodSync(path, 0o755);
