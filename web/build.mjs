import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';

/** Where the command line looks for the page: beside what the compiler makes of `src/`. */
const OUT = join(import.meta.dirname, '..', 'dist', 'web');

const shared = {
  configFile: false,
  root: import.meta.dirname,
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
};

/** One script without imports, in the old form that runs where it stands. */
const script = (name, entry) =>
  build({
    ...shared,
    build: {
      outDir: OUT,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      lib: {
        entry: join('src', entry),
        formats: ['iife'],
        name: 'seaworthy',
        fileName: () => `${name}.js`,
        cssFileName: name,
      },
    },
  });

await script('report', 'main.tsx');
await script('early', 'early.ts');
await build({
  ...shared,
  ssr: { noExternal: true },
  build: {
    outDir: OUT,
    emptyOutDir: false,
    target: 'node20',
    minify: true,
    ssr: join('src', 'render.tsx'),
    rollupOptions: { output: { entryFileNames: 'render.js' } },
  },
});

for (const name of ['report.js', 'early.js']) {
  const text = await readFile(join(OUT, name), 'utf8');
  if (/<\/script|<!--/i.test(text)) throw new Error(`${name} would end the block that it stands in`);
}
