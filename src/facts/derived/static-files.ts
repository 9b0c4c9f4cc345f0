import type { Facts, Location, Place, SourceFile, StaticFiles, Truth } from '../../model/index.ts';
import { fileOf, literalTexts, truth } from '../../model/index.ts';
import { defineExtractor, type ServiceView } from '../define.ts';
import type { ServedFolder } from '../code/served-folder.ts';
import { servedByNode } from '../javascript/pages/static-folders.ts';
import { servedStatically } from '../python/pages/static-folders.ts';

const ASSET = /\.(js|mjs|css)$/;
/** From here on the time to send it shows. */
const LARGE = 40_000;
/** Minified text has long lines. */
const LONG_LINE = 200;
const DAY = 86_400;

const isMinified = ({ text, path }: SourceFile): boolean =>
  /\.min\.\w+$/.test(path) || text.length / text.split('\n').length > LONG_LINE;

/** Something that builds or compresses what browsers get. */
const buildsAssets = ({ repository, facts }: ServiceView): boolean =>
  repository.files.some(({ path }) =>
    /(^|\/)(webpack\.config|vite\.config|rollup\.config|gulpfile|esbuild)[\w.]*\.[cm]?[jt]s$/.test(path),
  ) ||
  facts
    .all('package')
    .some(({ name }) =>
      /^(flask-assets|webassets|django-compressor|flask-minify|django-pipeline)$/.test(name),
    );

const inSettings = (facts: Facts, key: string) =>
  facts.all('appSetting').find(each => each.key === key && each.reached !== 'no');

/** Who stands before the app and hands the files out instead. */
function before(
  facts: Facts,
  folder: string,
): { readonly by: StaticFiles['servedBy']; readonly place: Place } | undefined {
  for (const config of facts.all('proxyConfig')) {
    const root = config.roots.find(
      ({ text }) =>
        /static|assets|public|dist|html|www/.test(text) || (folder !== '' && text.includes(folder)),
    );
    if (root)
      return { by: 'a proxy', place: { at: root.at, says: `${config.software} serves ${root.text}` } };
  }
  const address = ['STATIC_URL', 'CDN_DOMAIN', 'ASSETS_URL', 'CDN_URL']
    .map(key => inSettings(facts, key))
    .find(each => each && literalTexts(each.term).some(text => /^(https?:)?\/\//.test(text)));
  if (address)
    return {
      by: 'a network of its own',
      place: { at: address.valueAt, says: `${address.key} names another host` },
    };
  const platform = facts.all('platformFile').find(each => /^(vercel|netlify)$/.test(each.platform));
  return (
    platform && { by: 'the platform', place: { at: platform.at, says: `${platform.platform} serves them` } }
  );
}

/** `SEND_FILE_MAX_AGE_DEFAULT = 31536000` */
function keptFor(facts: Facts): Truth {
  const setting = inSettings(facts, 'SEND_FILE_MAX_AGE_DEFAULT');
  if (!setting) return 'no';
  const { term } = setting;
  const value = term.kind === 'env' ? term.fallback : term;
  if (value?.kind === 'literal' && typeof value.value === 'number') return truth(value.value >= DAY);
  return 'unclear';
}

function factFor(
  view: ServiceView,
  { at, folder, layer, kept, reached }: ServedFolder,
): StaticFiles | undefined {
  const { repository, facts } = view;
  const files = repository.files.filter(
    ({ path }) => path.startsWith(`${folder}/`) && (ASSET.test(path) || /\.(html|svg)$/.test(path)),
  );
  const [first] = files;
  if (!first || !files.some(({ path }) => ASSET.test(path))) return undefined;
  const ahead = before(facts, folder.split('/').at(-1) ?? '');
  const place: Location = at ?? fileOf(first.path);
  const large = buildsAssets(view)
    ? []
    : files.filter(
        file =>
          ASSET.test(file.path) && file.role !== 'vendored' && file.text.length > LARGE && !isMinified(file),
      );
  return {
    kind: 'staticFiles',
    at: place,
    folder,
    servedBy: ahead?.by ?? (layer ? 'a layer of the app' : 'the app'),
    servedAt: ahead?.place ?? layer ?? { at: place, says: 'the app serves them' },
    kept: ahead || layer ? 'yes' : kept === 'no' ? keptFor(facts) : kept,
    unminified: large.map(({ path, text }) => ({
      at: fileOf(path),
      says: `${Math.round(text.length / 1000)} kB as written`,
    })),
    reached,
  };
}

/** Files for browsers, and who serves them. */
export default defineExtractor({
  id: 'derived/static-files',
  reads: ['proxyConfig', 'appSetting', 'platformFile', 'package'],
  produces: ['staticFiles'],
  understands: ({ python, node }) => python.modules().length + node.modules().length > 0,
  *extract(view) {
    const seen = new Set<string>();
    for (const folder of [...servedStatically(view), ...servedByNode(view)]) {
      if (seen.has(folder.folder) || folder.reached === 'no') continue;
      seen.add(folder.folder);
      const fact = factFor(view, folder);
      if (fact) yield fact;
    }
  },
});
