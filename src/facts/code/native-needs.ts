import { known, type Image, type NativeNeed, type Truth } from '../../model/index.ts';

/** What code needs of the system. */
export interface Need {
  readonly needs: string;
  /** System packages of Debian, Alpine and Red Hat that bring it. */
  readonly packages: RegExp;
  /** Whether the full images (`python:3.12`, `node:22`, made for building) bring it, and those of Alpine. */
  readonly inFull: Truth;
  readonly inAlpine: Truth;
}

export const need = (
  needs: string,
  packages: RegExp,
  inFull: Truth = 'no',
  inAlpine: Truth = 'no',
): Need => ({ needs, packages, inFull, inAlpine });

export const FFMPEG = need('ffmpeg', /^ffmpeg/);
export const TESSERACT = need('tesseract', /^tesseract/);
export const WKHTMLTOPDF = need('wkhtmltopdf', /^wkhtmlto/);
export const POPPLER = need('poppler', /^poppler/, 'unclear');
export const OFFICE = need('LibreOffice', /^libreoffice/);
export const BROWSER = need('a browser', /^(google-)?chrom|^firefox|^(playwright|puppeteer)(-core)?$/);

/** Programs that code calls by name. */
const PROGRAMS: Readonly<Record<string, Need>> = {
  ffmpeg: FFMPEG,
  ffprobe: FFMPEG,
  tesseract: TESSERACT,
  wkhtmltopdf: WKHTMLTOPDF,
  wkhtmltoimage: WKHTMLTOPDF,
  pdftoppm: POPPLER,
  pdftotext: POPPLER,
  libreoffice: OFFICE,
  soffice: OFFICE,
  chromium: BROWSER,
  'google-chrome': BROWSER,
  pg_dump: need('the PostgreSQL client', /^postgresql(-client)?/),
  psql: need('the PostgreSQL client', /^postgresql(-client)?/),
  mysqldump: need('the MySQL client', /mysql-client|mariadb-client/),
  git: need('git', /^git$/, 'yes'),
  convert: need('ImageMagick', /^imagemagick/i, 'yes'),
};

/** What a program needs that code calls by name; `undefined` for one that nothing is known of. */
export const programNeed = (name: string): Need | undefined =>
  Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined;

/** Whether an image that does not install it can have it. */
function inBase({ base }: Image, { inFull, inAlpine }: Need): Truth {
  const name = (known(base.name) ?? '').split('/').at(-1) ?? '';
  const tag = known(base.tag);
  if (tag === undefined) return 'unclear';
  if (/alpine/.test(tag) || name === 'alpine') return inAlpine;
  if (/slim/.test(tag) || /^(debian|ubuntu|debian-slim)$/.test(name)) return 'no';
  return name === 'python' || name === 'node' ? inFull : 'unclear';
}

export function isMet(images: readonly Image[], wanted: Need): Truth {
  if (images.length === 0) return 'unclear';
  const met = images.map((image): Truth => {
    const installed = image.installs.some(
      each =>
        each.tool === 'system' &&
        each.present !== 'no' &&
        each.what.some(thing => thing.kind === 'package' && wanted.packages.test(thing.name)),
    );
    const inText = image.runs.some(run => run.text.split(/[\s=/]+/).some(word => wanted.packages.test(word)));
    // Libraries are also copied out of the stage that built them.
    const copied = image.copies.some(
      ({ from, sources }) =>
        (from.kind === 'stage' || from.kind === 'image') &&
        sources.some(
          source =>
            /^\/(usr\/(local\/)?)?(s?bin|lib)|^\/opt/.test(source) &&
            !/python|site-packages|venv|node_modules/.test(source),
        ),
    );
    if (installed || inText) return 'yes';
    return copied ? 'unclear' : inBase(image, wanted);
  });
  return met.includes('no') ? 'no' : met.includes('unclear') ? 'unclear' : 'yes';
}

/** A need where the code shows it. */
export type FoundNeed = Omit<NativeNeed, 'kind' | 'needs' | 'met'> & { readonly need: Need };

/** Each need once, and whether the images meet it. */
export function* nativeNeeds(found: Iterable<FoundNeed>, images: readonly Image[]): Generator<NativeNeed> {
  const seen = new Set<string>();
  for (const { need: wanted, ...each } of found) {
    const key = `${each.by} ${wanted.needs} ${each.reached}`;
    if (seen.has(key)) continue;
    seen.add(key);
    yield { kind: 'nativeNeed', ...each, needs: wanted.needs, met: isMet(images, wanted) };
  }
}
