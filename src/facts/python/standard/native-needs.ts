import type { Image, NativeNeed, Truth } from '../../../model/index.ts';
import { known } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';

interface Need {
  readonly needs: string;
  /** System packages of Debian, Alpine and Red Hat that bring it. */
  readonly packages: RegExp;
}

/** Modules whose packages need a system library that the wheel does not bring. */
const MODULES: Readonly<Record<string, Need>> = {
  pyodbc: {
    needs: 'an ODBC driver',
    packages: /^(msodbcsql|tdsodbc|odbc-postgresql|freetds|libmyodbc|psqlodbc)/,
  },
  pytesseract: { needs: 'tesseract', packages: /^tesseract/ },
  pdfkit: { needs: 'wkhtmltopdf', packages: /^wkhtmltopdf|^wkhtmltox/ },
  pdf2image: { needs: 'poppler', packages: /^poppler/ },
  weasyprint: { needs: 'pango', packages: /pango/ },
  magic: { needs: 'libmagic', packages: /^libmagic|^file(-libs)?$/ },
};

/** Programs that code calls by name. */
const PROGRAMS: Readonly<Record<string, Need>> = {
  ffmpeg: { needs: 'ffmpeg', packages: /^ffmpeg/ },
  ffprobe: { needs: 'ffmpeg', packages: /^ffmpeg/ },
  tesseract: { needs: 'tesseract', packages: /^tesseract/ },
  wkhtmltopdf: { needs: 'wkhtmltopdf', packages: /^wkhtmlto/ },
  pdftoppm: { needs: 'poppler', packages: /^poppler/ },
  pdftotext: { needs: 'poppler', packages: /^poppler/ },
  libreoffice: { needs: 'LibreOffice', packages: /^libreoffice/ },
  soffice: { needs: 'LibreOffice', packages: /^libreoffice/ },
  pg_dump: { needs: 'the PostgreSQL client', packages: /^postgresql(-client)?/ },
  mysqldump: { needs: 'the MySQL client', packages: /mysql-client|mariadb-client/ },
};

const RUNNERS = ['run', 'call', 'check_call', 'check_output', 'Popen'].map(name => `subprocess.${name}`);

/** Bases of which it is known that they hold nothing but the runtime. */
const BARE = /slim|alpine/;

function isMet(images: readonly Image[], { packages }: Need): Truth {
  const finals = images.filter(({ isFinal }) => isFinal);
  if (finals.length === 0) return 'unclear';
  const met = finals.map((image): Truth => {
    const installed = image.installs.some(
      each =>
        each.tool === 'system' &&
        each.present !== 'no' &&
        each.what.some(thing => thing.kind === 'package' && packages.test(thing.name)),
    );
    const inText = image.runs.some(
      run =>
        run.stage === image.stages.length - 1 && run.text.split(/[\s=]+/).some(word => packages.test(word)),
    );
    if (installed || inText) return 'yes';
    return BARE.test(known(image.base.tag) ?? '') ? 'no' : 'unclear';
  });
  return met.includes('no') ? 'no' : met.includes('unclear') ? 'unclear' : 'yes';
}

/** Drivers and programs that the code names, and whether the image has them. */
export default defineExtractor({
  id: 'python/standard/native-needs',
  reads: ['image'],
  produces: ['nativeNeed'],
  understands: hasPython,
  *extract({ python, facts }): Generator<NativeNeed> {
    const images = facts.all('image');
    for (const { statement, scope, conditions } of python.statements(...Object.keys(MODULES))) {
      const names =
        statement.kind === 'import'
          ? statement.modules.map(({ module }) => module)
          : statement.kind === 'import-from' && statement.level === 0
            ? [statement.module]
            : [];
      for (const name of names) {
        const need = MODULES[name.split('.')[0] ?? ''];
        if (need)
          yield {
            kind: 'nativeNeed',
            at: python.at(scope, statement),
            by: name,
            needs: need.needs,
            met: isMet(images, need),
            reached: python.reached({ scope, conditions }),
          };
      }
    }
    for (const site of python.calls(...RUNNERS)) {
      const term = python.args(site).arg(0, 'args');
      const first = term?.kind === 'list' ? term.items[0] : term;
      const program =
        first?.kind === 'literal' ? (String(first.value).split(/\s/)[0]?.split('/').at(-1) ?? '') : '';
      const need = PROGRAMS[program];
      if (need)
        yield {
          kind: 'nativeNeed',
          at: python.at(site.scope, site.call),
          by: program,
          needs: need.needs,
          met: isMet(images, need),
          reached: python.reached(site),
        };
    }
  },
});
