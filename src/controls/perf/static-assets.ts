import type { Finding, StaticFiles } from '../../model/index.ts';
import {
  defineControl,
  failOr,
  followed,
  lowered,
  onProductionPath,
  passEvery,
  place,
  unknown,
} from '../define.ts';

function findingOf({ at, folder, servedBy, kept, unminified }: StaticFiles): Finding | undefined {
  if (servedBy !== 'the app' || kept === 'unclear') {
    const [first] = unminified;
    return (
      first && followed(place(first.at, `${first.says} goes to browsers, not minified`), unminified.slice(1))
    );
  }
  const files = `the files of ${folder}`;
  return kept === 'yes'
    ? lowered(place(at, `the app itself serves ${files}`), 'browsers keep them for long')
    : place(at, `the app itself serves ${files}, and browsers ask for them again and again`);
}

export default defineControl({
  id: 'perf/static-assets',
  title: 'Static files are served beside the app and kept by browsers',
  severity: 'low',
  stage: 'stable',
  asks: 'Where the app has scripts and styles of its own, asks who hands them out (a proxy, a CDN, a library made for it, the platform, or the app itself), for how long browsers keep them, and whether large ones are minified.',
  why: 'Each file that the app sends itself occupies a worker that should answer requests, again for each visit of each visitor.',
  remedy:
    'Let the proxy, a CDN or a library made for it serve the folder, with hashed names and a long max-age, and minify in the build.',
  sources: ['CATALOG perf/static-assets', 'MDN Web Docs: HTTP caching, Cache busting'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['staticFiles'],

  applies: ({ facts }) =>
    onProductionPath(facts.all('staticFiles')).length > 0 || 'it serves no scripts or styles of its own',

  judge: ({ facts }) => {
    const all = onProductionPath(facts.all('staticFiles'));
    const findings = all.flatMap(each => findingOf(each) ?? []);
    const open = all.find(({ servedBy, kept }) => servedBy === 'the app' && kept === 'unclear');
    if (findings.length === 0 && open)
      return unknown(`for how long browsers keep ${open.folder} comes from outside`);
    return failOr(
      findings,
      passEvery(all.map(({ servedAt, folder }) => place(servedAt.at, `${folder}: ${servedAt.says}`))),
    );
  },
});
