import type { Facts, Image, Location, NativeNeed } from '../../../model/index.ts';
import { shippedImages } from '../../../model/index.ts';
import {
  FFMPEG,
  nativeNeeds,
  need,
  POPPLER,
  programNeed,
  TESSERACT,
  WKHTMLTOPDF,
  type FoundNeed,
  type Need,
} from '../../code/native-needs.ts';
import { defineExtractor, hasPython, type ServiceView } from '../../define.ts';

const LIBPQ = need('libpq', /^(libpq|postgresql-(client|dev|libs)|postgresql$)/, 'yes');
const MYSQL = need(
  'the MySQL client library',
  /^(default-libmysqlclient|libmysqlclient|libmariadb|mariadb-(connector|dev|libs|client)|mysql-client|mysql-devel)/,
  'yes',
);

/** Modules whose packages need a system library or program that the wheel does not bring. */
const MODULES: Readonly<Record<string, Need>> = {
  pytesseract: TESSERACT,
  pdfkit: WKHTMLTOPDF,
  imgkit: WKHTMLTOPDF,
  pdf2image: POPPLER,
  weasyprint: need('pango', /pango/, 'unclear'),
  cairosvg: need('cairo', /cairo/, 'unclear'),
  magic: need('libmagic', /^libmagic|^file(-libs)?$/, 'unclear'),
  ffmpeg: FFMPEG,
  pyzbar: need('zbar', /zbar/),
};

/** Packages that load a system library as soon as they are imported, by whatever imports them. */
const PACKAGES: Readonly<Record<string, Need>> = {
  psycopg2: LIBPQ,
  mysqlclient: MYSQL,
  'opencv-python': need('libGL', /^libgl1|mesa-gl|^libglvnd/, 'unclear'),
};
/** Builds of the same module that bring what it needs. */
const INSTEAD: Readonly<Record<string, readonly string[]>> = {
  psycopg2: ['psycopg2-binary'],
  'opencv-python': ['opencv-python-headless'],
};

const RUNNERS = [
  ...['run', 'call', 'check_call', 'check_output', 'Popen'].map(name => `subprocess.${name}`),
  'asyncio.create_subprocess_exec',
  'os.system',
  'shutil.which',
];
/** Calls that only ask whether a program is there. */
const ASKS = 'shutil.which';

/** The driver that a connection string names, which must be the one that is installed. */
const ODBC_DRIVER = /ODBC Driver (\d+) for SQL Server/;
const ANY_ODBC = need('an ODBC driver', /^(msodbcsql|tdsodbc|odbc-postgresql|freetds|libmyodbc|psqlodbc)/);

/** Imports of modules that need something: an import that only type checkers see needs nothing. */
function* byImport({ python }: ServiceView): Generator<FoundNeed> {
  for (const { statement, scope, conditions } of python.statements(...Object.keys(MODULES), 'pyodbc')) {
    const names =
      statement.kind === 'import'
        ? statement.modules.map(({ module }) => module)
        : statement.kind === 'import-from' && statement.level === 0
          ? [statement.module]
          : [];
    for (const name of names) {
      const top = name.split('.')[0] ?? '';
      const wanted = top === 'pyodbc' ? ANY_ODBC : Object.hasOwn(MODULES, top) ? MODULES[top] : undefined;
      if (wanted)
        yield {
          at: python.at(scope, statement),
          by: top,
          need: wanted,
          reached: python.reached({ scope, conditions }),
        };
    }
  }
}

function* byProgram({ python }: ServiceView): Generator<FoundNeed> {
  for (const name of RUNNERS)
    for (const site of python.calls(name)) {
      if (name === ASKS) continue;
      const term = python.args(site).arg(0, 'args');
      const first = term?.kind === 'list' ? term.items[0] : term;
      const text = first?.kind === 'literal' ? String(first.value) : '';
      const program = text.split(/\s/)[0]?.split('/').at(-1) ?? '';
      const wanted = programNeed(program);
      // Code that asks first goes on without it.
      const asked = python
        .calls(ASKS)
        .some(
          each =>
            each.scope.module === site.scope.module && textOf(python.args(each).arg(0, 'cmd')) === program,
        );
      if (wanted && !asked)
        yield {
          at: python.at(site.scope, site.call),
          by: program,
          need: wanted,
          reached: python.reached(site),
        };
    }
}

const textOf = (term: { readonly kind: string; readonly value?: unknown } | undefined): string =>
  term?.kind === 'literal' ? String(term.value) : '';

/** The manifests that the images install, with those that they include; `undefined` where that cannot be told. */
function installedManifests(facts: Facts, images: readonly Image[]): ReadonlySet<string> | undefined {
  const manifests = new Map(facts.all('manifest').map(each => [each.path, each] as const));
  const found = new Set<string>();
  for (const { installs } of images) {
    const things = installs.flatMap(({ what }) => what);
    const paths = things.flatMap(thing => (thing.kind === 'manifest' ? [thing.path] : []));
    if (paths.length === 0 || things.some(({ kind }) => kind === 'project')) return undefined;
    for (const path of paths) {
      const manifest = manifests.get(path);
      if (!manifest) return undefined;
      for (const each of [path, ...manifest.includes]) found.add(each);
    }
  }
  return images.length > 0 ? found : undefined;
}

function* byPackage(facts: Facts, images: readonly Image[]): Generator<FoundNeed> {
  const installed = installedManifests(facts, images);
  const declared = facts
    .all('package')
    .filter(
      ({ group, ecosystem, manifest }) =>
        group === 'production' &&
        ecosystem === 'python' &&
        (installed === undefined || installed.has(manifest)),
    );
  for (const { name, at, extras } of declared) {
    const wanted = Object.hasOwn(PACKAGES, name) ? PACKAGES[name] : undefined;
    const isBundled = (INSTEAD[name] ?? []).some(other => declared.some(each => each.name === other));
    if (wanted && !isBundled && !extras.includes('binary'))
      yield { at, by: name, need: wanted, reached: 'yes' };
  }
}

/** Driver names in the code, with the line on which they stand. */
function* byDriver({ python }: ServiceView): Generator<FoundNeed> {
  for (const module of python.modules()) {
    const match = ODBC_DRIVER.exec(module.file.text);
    const reached = python.reach.reachesModule(module);
    if (!match || reached === 'no') continue;
    const line = module.file.text.slice(0, match.index).split('\n').length;
    const at: Location = { path: module.path, startLine: line, endLine: line };
    const [name, version = ''] = match;
    yield { at, by: 'pyodbc', need: need(name, new RegExp(`^msodbcsql${version}`)), reached };
  }
}

/** Drivers, libraries and programs that the code names, and whether the images that are shipped have them. */
export default defineExtractor({
  id: 'python/standard/native-needs',
  reads: ['image', 'composeService', 'package', 'manifest'],
  produces: ['nativeNeed'],
  understands: hasPython,
  *extract(view): Generator<NativeNeed> {
    const { facts } = view;
    const images = shippedImages(facts.all('image'), facts.all('composeService'));
    const drivers = [...byDriver(view)];
    const all = [...byImport(view), ...byProgram(view), ...byPackage(facts, images)].filter(
      // The driver by its name says more than the import.
      each => drivers.length === 0 || each.need !== ANY_ODBC,
    );
    yield* nativeNeeds([...drivers, ...all], images);
  },
});
