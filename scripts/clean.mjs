import { rmSync } from 'node:fs';

/** What is built from a file that is gone must go too. */
rmSync('dist', { recursive: true, force: true });
