import {
  known,
  shippedImages,
  type BaseImage,
  type Image,
  type ImportedPackage,
  type NativeNeed,
} from '../../../model/index.ts';
import type { CallSite } from '../../code/sites.ts';
import {
  BROWSER,
  FFMPEG,
  nativeNeeds,
  need,
  OFFICE,
  programNeed,
  TESSERACT,
  WKHTMLTOPDF,
  type FoundNeed,
  type Need,
} from '../../code/native-needs.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode, type ServiceView } from '../../define.ts';

/** Modules that call a program or load a library which their package does not bring. */
const MODULES: Readonly<Record<string, Need>> = {
  'fluent-ffmpeg': FFMPEG,
  'node-tesseract-ocr': TESSERACT,
  wkhtmltopdf: WKHTMLTOPDF,
  'libreoffice-convert': OFFICE,
  'simple-git': need('git', /^git$/, 'yes'),
  gm: need('GraphicsMagick or ImageMagick', /^(graphicsmagick|imagemagick)/i, 'yes'),
  imagemagick: need('ImageMagick', /^imagemagick/i, 'yes'),
  odbc: need('unixODBC', /^(unixodbc|msodbcsql|tdsodbc)/, 'unclear'),
  msnodesqlv8: need('an ODBC driver', /^(msodbcsql|tdsodbc)/),
};

/** Packages that bring the program which another one calls. */
const BROUGHT_BY: Readonly<Record<string, readonly string[]>> = {
  'fluent-ffmpeg': ['ffmpeg-static', '@ffmpeg-installer/ffmpeg', 'ffmpeg-ffprobe-static'],
};

/** What begins a browser of the image. */
const LAUNCHES = [
  'puppeteer.launch',
  'puppeteer-core.launch',
  'puppeteer-extra.launch',
  ...['playwright', 'playwright-core'].flatMap(name =>
    ['chromium', 'firefox', 'webkit'].map(browser => `${name}.${browser}.launch`),
  ),
];
/** Browsers that come as a package. */
const BROWSER_PACKAGES = ['@sparticuz/chromium', 'chrome-aws-lambda', '@sparticuz/chromium-min'];

const RUNNERS = [
  ...['spawn', 'exec', 'execFile', 'execSync', 'execFileSync', 'spawnSync'].map(
    name => `child_process.${name}`,
  ),
  ...['execa', 'execa.execa', 'execa.execaSync', 'execa.execaCommand', 'cross-spawn', 'shelljs.exec'],
];
/** Calls that only ask whether a program is there. */
const ASKS = ['which', 'which.sync', 'command-exists', 'command-exists.sync', 'shelljs.which'];

/** The first word of a command, as far as it is written there: `git log ${branch}`. */
function programOf(node: CodeView, site: CallSite): string {
  const term = node.args(site).arg(0, '');
  const [first] = term?.kind === 'text' ? term.parts : [term];
  const text = first?.kind === 'literal' ? String(first.value) : '';
  const [program = ''] = text.trim().split(/\s/);
  return program.split('/').at(-1) ?? '';
}

function* byProgram(node: CodeView): Generator<FoundNeed> {
  const asked = new Set(
    node.calls(...ASKS).map(site => `${site.scope.module.path} ${programOf(node, site)}`),
  );
  for (const site of node.calls(...RUNNERS)) {
    const program = programOf(node, site);
    const wanted = programNeed(program);
    // Code that asks first goes on without it.
    if (wanted && !asked.has(`${site.scope.module.path} ${program}`))
      yield {
        at: node.at(site.scope, site.call),
        by: program,
        need: wanted,
        reached: node.reached(site),
      };
  }
}

function* byBrowser(node: CodeView): Generator<FoundNeed> {
  if (node.imports(...BROWSER_PACKAGES)) return;
  for (const site of node.calls(...LAUNCHES)) {
    const by = node.nameOf(site.call.callee, site.scope).split('.')[0] ?? '';
    yield { at: node.at(site.scope, site.call), by, need: BROWSER, reached: node.reached(site) };
  }
}

function* byImport(node: CodeView, imports: readonly ImportedPackage[]): Generator<FoundNeed> {
  for (const { at, name } of imports) {
    const wanted = Object.hasOwn(MODULES, name) ? MODULES[name] : undefined;
    if (wanted && !node.imports(...(BROUGHT_BY[name] ?? [])))
      yield { at, by: name, need: wanted, reached: 'yes' };
  }
}

/** The engine of Prisma before version 7 loads OpenSSL, which the slim images of Debian leave out. */
function* byPrisma({ facts }: ServiceView, imports: readonly ImportedPackage[]): Generator<FoundNeed> {
  const used = imports.find(({ name }) => name === '@prisma/client');
  const asked = facts.all('productionPackage').find(({ name }) => name === '@prisma/client');
  const major = Number(/\d+/.exec(asked?.specifier ?? '')?.[0] ?? 0);
  if (used && major > 0 && major < 7)
    yield { at: used.at, by: '@prisma/client', need: OPENSSL, reached: 'yes' };
}

const OPENSSL = need('OpenSSL', /^(openssl|libssl)/, 'yes', 'yes');

/** Packages whose machine code is made or fetched for one system when they are installed. */
const COMPILED =
  /^(bcrypt|sharp|canvas|better-sqlite3|sqlite3|argon2|re2|sodium-native|snappy|leveldown|zeromq|isolated-vm|kerberos|libxmljs2?|node-sass|microtime|odbc|couchbase|mongodb-client-encryption|@mongodb-js\/zstd|@node-rs\/.+|@napi-rs\/.+|@swc\/core|lightningcss|onnxruntime-node|@tensorflow\/tfjs-node|msnodesqlv8|oracledb|ibm_db|duckdb|@duckdb\/.+|libsql|@libsql\/.+)$/;

/** From these versions on the packages hold the machine code of all systems. */
const FOR_ALL: Readonly<Record<string, number>> = { bcrypt: 6, 'sodium-native': 4 };

/** Which C library the programs of an image are made for. */
function libraryOf({ name, tag }: BaseImage): 'musl' | 'glibc' | 'unknown' {
  const plain = (known(name) ?? '').split('/').at(-1) ?? '';
  const version = known(tag);
  if (plain === 'alpine' || (version !== undefined && /alpine/.test(version))) return 'musl';
  if (version === undefined) return 'unknown';
  return /^(node|debian|ubuntu|python|nodejs\d*-debian\d+|buildpack-deps)$/.test(plain) ? 'glibc' : 'unknown';
}

/** Packages are installed in a stage of one kind and run in one of another. */
function* byLibrary(
  { facts }: ServiceView,
  imports: readonly ImportedPackage[],
  images: readonly Image[],
): Generator<NativeNeed> {
  for (const { installs, stages, base, runs } of images) {
    const wanted = libraryOf(base);
    const own = installs.filter(
      ({ tool, present }) => /^(npm|yarn|pnpm|bun)$/.test(tool) && present === 'yes',
    );
    if (wanted === 'unknown' || runs.some(({ text }) => /\brebuild\b/.test(text))) continue;
    const other = own.find(({ stage }) => {
      const made = stages[stage];
      return made && !['unknown', wanted].includes(libraryOf(made.base));
    });
    if (!other || own.some(({ stage }) => stage === stages.length - 1)) continue;
    const place = `${other.at.path}:${other.at.startLine}`;
    for (const { at, name } of imports) {
      const specifier = facts.all('productionPackage').find(each => each.name === name)?.specifier ?? '';
      const major = Number(/\d+/.exec(specifier)?.[0] ?? 0);
      if (!COMPILED.test(name) || major >= (FOR_ALL[name] ?? Infinity)) continue;
      const system = wanted === 'musl' ? 'Alpine' : 'Debian';
      yield {
        kind: 'nativeNeed',
        at,
        by: name,
        needs: `machine code for ${system} (${place} brings that of another system)`,
        met: 'no',
        reached: 'yes',
      };
    }
  }
}

/** Libraries, programs and machine code that the code needs, and whether the images that are shipped have them. */
export default defineExtractor({
  id: 'javascript/standard/native-needs',
  reads: ['image', 'composeService', 'importedPackage', 'productionPackage'],
  produces: ['nativeNeed'],
  understands: hasNode,
  *extract(view): Generator<NativeNeed> {
    const { node, facts } = view;
    const images = shippedImages(facts.all('image'), facts.all('composeService'));
    const imports = facts
      .all('importedPackage')
      .filter(({ at, optional }) => !optional && !at.path.endsWith('.py'));
    const found = [
      ...byProgram(node),
      ...byBrowser(node),
      ...byImport(node, imports),
      ...byPrisma(view, imports),
    ];
    yield* nativeNeeds(found, images);
    yield* byLibrary(view, imports, images);
  },
});
