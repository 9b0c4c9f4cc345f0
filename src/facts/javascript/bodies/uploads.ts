import type { Location, Upload, UploadCheck } from '../../../model/index.ts';
import { routeName } from '../../../model/index.ts';
import type { Expression, FunctionDefinition } from '../../../read/syntax.ts';
import { bodiesOf, expressionsOf, wordOf, type Body } from '../../code/bodies.ts';
import type { CodeView } from '../../code/view.ts';
import { writtenAs, type Written } from '../../code/written.ts';
import { defineExtractor } from '../../define.ts';
import { readsFramework } from '../frameworks.ts';
import type { Handler } from '../handler.ts';
import { nodeHandlers } from '../handlers.ts';
import type { Parser } from './parser.ts';
import { parserFor } from './parsers.ts';

const KEEPS =
  /^(writeFile|writeFileSync|createWriteStream|rename|renameSync|copyFile|mv|move|put|putObject|upload|uploadFile|uploadStream|upload_stream|Upload|PutObjectCommand|send|save|saveRequestFiles|outputFile|toFile|fPutObject|openUploadStream|createWriteStream)$/;
const STORES = /^(put|upload|save|send|Upload|PutObjectCommand)/;
const MAKES_NAME =
  /^(randomUUID|uuid|uuidv4|v4|v1|v7|nanoid|ulid|cuid|createId|randomBytes|createHash|basename|random\w*|sanitize\w*|slugify|filenamify|now|secureFilename)$/;
const LOOKS =
  /^(fileTypeFromBuffer|fileTypeFromFile|fileTypeFromStream|fileTypeStream|fromBuffer|fromFile|fromStream|fileType|detectFile|detect|imageSize|metadata|pdfParse|parsePdf|readFile\w*Xlsx|csv|csvParse|getDocument|loadImage|magic\w*|filetypemime|filetypeinfo|filetypename)$/;
const DECODERS =
  /^(sharp|jimp|pdf-parse|xlsx|exceljs|papaparse|csv-parse|csvtojson|image-size|file-type|magic-bytes\.js|mmmagic|jszip|adm-zip|unzipper|fast-xml-parser)\b/;
const SCANS =
  /clam|virustotal|malware|antivirus|attachmentav|scanBuffer|scanStream|scanFile|isInfected|yara/i;
const NAMES_TYPE = /mime|extname|\bext\b|extension|originalname|originalFilename|filename|\btype\b/i;

const isCall = (expression: Expression, words: RegExp): boolean =>
  expression.kind === 'call' && words.test(wordOf(expression));

/** A test that holds the ending or the declared type against something written. */
const testsType = (expression: Expression, text: string): boolean =>
  NAMES_TYPE.test(text) &&
  ((expression.kind === 'call' &&
    /^(includes|has|test|match|startsWith|endsWith|some)$/.test(wordOf(expression))) ||
    (expression.kind === 'binary' &&
      /^(==|!=|in|not in)$/.test(expression.operator) &&
      [expression.left, expression.right].some(side => side.kind === 'string')));

const MEASURES =
  /\.(size|byteLength|bytesRead|bytesReceived)\b|[Cc]ontent-[Ll]ength|\b(size|bytes|total|received|\w*(Size|Bytes|Length))\b|\b(\w*[bB]uf\w*|bytes|data|content|chunks?|body|file)\.length\b/;

/** Whether a file is too large: not whether there is one, or how many. */
const testsSize = (expression: Expression, text: string): boolean =>
  expression.kind === 'binary' &&
  /^(>|<|>=|<=)$/.test(expression.operator) &&
  MEASURES.test(text) &&
  ![expression.left, expression.right].some(side => side.kind === 'constant' && Number(side.value) <= 1);

const looksInside = (node: CodeView, expression: Expression, { scope }: Body): boolean =>
  expression.kind === 'call' &&
  (LOOKS.test(wordOf(expression)) || DECODERS.test(node.nameOf(expression.callee, scope)));

const keeps = (node: CodeView, expression: Expression, { scope }: Body): boolean => {
  if (!isCall(expression, KEEPS) || expression.kind !== 'call') return false;
  const name = node.nameOf(expression.callee, scope);
  // `res.send(…)` answers, `user.save()` keeps a record.
  if (/^(express|fastify|koa|hono)\b/.test(name)) return false;
  return (
    !STORES.test(wordOf(expression)) ||
    /s3|bucket|storage|minio|cloudinary|gcs|blob|gridfs|PutObject|file/i.test(
      `${name} ${node.textOf(scope, expression).slice(0, 200)}`,
    )
  );
};

type Holds = (expression: Expression, text: string, body: Body) => boolean;

function firstAt(node: CodeView, bodies: readonly Body[], holds: Holds): Location | undefined {
  for (const body of bodies)
    for (const expression of expressionsOf(body))
      if (holds(expression, node.textOf(body.scope, expression), body))
        return node.at(body.scope, expression);
  return undefined;
}

/** The functions in an option, as bodies: `fileFilter(req, file, done) { … }`. */
function functionIn(node: CodeView, option: Written | undefined): readonly Body[] {
  if (!option) return [];
  const { expression, scope } = writtenAs(node, option.expression, option.scope);
  if (expression.kind !== 'function') return [];
  return bodiesOf(node, { kind: 'function', definition: expression, scope, self: undefined }, 1);
}

/** What happens to the files that one handler is given. */
function uploadOf(
  node: CodeView,
  handler: Handler,
  parser: Parser,
  of: FunctionDefinition,
  own: readonly Body[],
): Upload {
  const filter = functionIn(node, parser.filter);
  const naming = parser.naming.flatMap(option => functionIn(node, option));
  const before = [...handler.before.flatMap(layer => layer.function ?? []), ...parser.asks].flatMap(each =>
    bodiesOf(node, each, 2),
  );
  // What cannot be followed may do whatever is not seen to be done.
  const check = (at: Location | undefined): UploadCheck => ({
    done: at ? 'yes' : parser.isOpen ? 'unclear' : 'no',
    at,
  });
  const all = [...own, ...filter, ...naming, ...before];
  const kept = parser.keeps ? parser.at : firstAt(node, own, (each, _, body) => keeps(node, each, body));
  const named = parser.names
    ? parser.at
    : firstAt(node, [...naming, ...own], each => isCall(each, MAKES_NAME));
  return {
    kind: 'upload',
    at: parser.takenAt,
    handler: of.name === '' || of.name === 'default' ? routeName(handler.route) : of.name,
    handlerAt: handler.route.handlerAt,
    what: parser.what,
    kept: kept ? 'yes' : parser.isOpen ? 'unclear' : 'no',
    checks: {
      name: check(named),
      type: check(parser.typed ?? firstAt(node, all, testsType)),
      content: check(
        parser.looked ??
          firstAt(node, [...own, ...filter, ...before], (each, _, body) => looksInside(node, each, body)),
      ),
      size: check(parser.limits ?? firstAt(node, all, testsSize)),
      scan: check(
        firstAt(
          node,
          [...own, ...before],
          (each, text) => each.kind === 'call' && SCANS.test(text.slice(0, 200)),
        ),
      ),
    },
    reached: handler.route.reached,
  };
}

/** Uploads, and what is done with them before they are kept. */
export default defineExtractor({
  id: 'javascript/bodies/uploads',
  reads: [],
  produces: ['upload'],
  understands: readsFramework,
  *extract({ node }): Generator<Upload> {
    for (const handler of nodeHandlers(node)) {
      const of = handler.function;
      if (!of) continue;
      const own = bodiesOf(node, of, 3);
      const parser = parserFor(node, handler, own);
      if (parser) yield uploadOf(node, handler, parser, of.definition, own);
    }
  },
});
