import type { Location, Upload, UploadCheck } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { handlersOf } from '../handlers.ts';
import type { Handler } from '../handler.ts';
import type { PythonView } from '../view.ts';
import { bodiesOf, expressionsOf, wordOf, type Body } from '../../code/bodies.ts';

const FILES = /^(flask|quart|apiflask)\.request\.files/;

/** Where the handler takes the file: an expression, or a parameter that the framework fills. */
function takenIn(python: PythonView, { function: of }: Handler): { at: Location; what: string } | undefined {
  const scope = of.scope.inner(of.definition);
  for (const parameter of of.definition.params) {
    const text = parameter.annotation ? python.textOf(of.scope, parameter.annotation) : '';
    if (
      /\bUploadFile\b/.test(text) ||
      (/\bbytes\b/.test(text) &&
        parameter.fallback &&
        /^File\(/.test(python.textOf(of.scope, parameter.fallback)))
    )
      return { at: python.at(of.scope, parameter), what: parameter.name };
  }
  for (const expression of expressionsOf({ definition: of.definition, scope })) {
    if (expression.kind !== 'attribute' || expression.name !== 'files') continue;
    if (FILES.test(python.nameOf(expression, scope)))
      return { at: python.at(scope, expression), what: 'request.files' };
  }
  return undefined;
}

const KEEPS =
  /^(save|write|write_bytes|put_object|upload_fileobj|upload_file|upload_blob|upload_from_file|upload_from_string|copyfileobj|save_file)$/;
const CLEANS =
  /^(secure_filename|basename|uuid4|uuid1|token_hex|token_urlsafe|hexdigest|sanitize_filename|get_valid_filename|mkstemp|NamedTemporaryFile)$/;
const LOOKS =
  /^(from_buffer|from_file|guess|guess_type_from_content|guess_mime|what|verify|fromstring|load_workbook|PdfReader|PdfFileReader|read_csv|read_excel|DictReader|reader|ZipFile|is_zipfile|Document|safe_load|imdecode|from_string|parse_pdf|open_image)$/;
const SCANS = /clam|virustotal|malware|antivirus|instream|scan_stream|scan_file|multiscan|yara/i;
const NAMES_TYPE = /ext\b|extension|suffix|filename|content_type|mimetype|mime|\btype\b/i;

const check = (at: Location | undefined): UploadCheck => ({ done: at ? 'yes' : 'no', at });

/** A test that holds the ending or the declared type against a list. */
const testsType = (expression: Expression, text: string): boolean =>
  (expression.kind === 'binary' && /^(not )?in$/.test(expression.operator) && NAMES_TYPE.test(text)) ||
  (expression.kind === 'call' &&
    /^(endswith|startswith)$/.test(wordOf(expression)) &&
    NAMES_TYPE.test(text)) ||
  (expression.kind === 'call' &&
    /^(FileAllowed|FileExtensionValidator|allowed_file)$/.test(wordOf(expression)));

const testsSize = (expression: Expression, text: string): boolean =>
  expression.kind === 'binary' &&
  /^(>|<|>=|<=)$/.test(expression.operator) &&
  /len\(|\.size\b|tell\(\)|size|content_length|length/i.test(text);

/** `Image.open(…)` decodes, `open(…)` does not. */
const decodes = (python: PythonView, expression: Expression, { scope }: Body): boolean => {
  if (expression.kind !== 'call') return false;
  const word = wordOf(expression);
  if (word === 'open') return /^PIL\.Image\.open/.test(python.nameOf(expression.callee, scope));
  return LOOKS.test(word) && expression.callee.kind !== 'name'
    ? !/^(re|mimetypes)\./.test(python.nameOf(expression.callee, scope))
    : LOOKS.test(word);
};

function firstAt(
  python: PythonView,
  bodies: readonly Body[],
  holds: (expression: Expression, text: string, body: Body) => boolean,
): Location | undefined {
  for (const body of bodies)
    for (const expression of expressionsOf(body))
      if (holds(expression, python.textOf(body.scope, expression), body))
        return python.at(body.scope, expression);
  return undefined;
}

/** `secure_filename(…)`, a name of its own, or the last part of a path: `Path(name).name`. */
const cleansName = (expression: Expression): boolean =>
  isCall(expression, CLEANS) ||
  (expression.kind === 'attribute' &&
    /^(name|suffix|stem)$/.test(expression.name) &&
    isCall(expression.object, /^(Pure|Posix)?Path$/));

const isCall = (expression: Expression, words: RegExp): boolean =>
  expression.kind === 'call' && words.test(wordOf(expression));

/** Uploads, and what is done with them before they are kept. */
export default defineExtractor({
  id: 'python/bodies/uploads',
  reads: [],
  produces: ['upload'],
  understands: hasPython,
  *extract({ python }): Generator<Upload> {
    for (const handler of handlersOf(python)) {
      const taken = takenIn(python, handler);
      if (!taken) continue;
      const { definition, scope } = handler.function;
      const bodies = bodiesOf(python, handler.function);
      const kept =
        firstAt(python, bodies, expression => isCall(expression, KEEPS)) ??
        firstAt(python, bodies, opensToWrite);
      yield {
        kind: 'upload',
        at: taken.at,
        handler: definition.name,
        handlerAt: python.at(scope, definition.head),
        what: taken.what,
        kept: kept ? 'yes' : 'no',
        checks: {
          name: check(firstAt(python, bodies, cleansName)),
          type: check(firstAt(python, bodies, testsType)),
          content: check(firstAt(python, bodies, (expression, _, body) => decodes(python, expression, body))),
          size: check(firstAt(python, bodies, testsSize)),
          scan: check(
            firstAt(
              python,
              bodies,
              (expression, text) => expression.kind === 'call' && SCANS.test(text.slice(0, 200)),
            ),
          ),
        },
        reached: handler.route.reached,
      };
    }
  },
});

const opensToWrite = (expression: Expression, text: string): boolean =>
  expression.kind === 'call' && wordOf(expression) === 'open' && /["'][wax]b?\+?["']/.test(text);
