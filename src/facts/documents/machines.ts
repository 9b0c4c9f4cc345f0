import type { MachineReference, SourceFile } from '../../model/index.ts';
import { lineOf, machineNamesIn } from '../../model/index.ts';
import { holds } from '../../read/text-filter.ts';
import { defineDocumentExtractor } from '../define.ts';

const SETTINGS =
  /\.(ya?ml|toml|ini|cfg|conf|json|properties|env|xml|config)$|(^|\/)\.env[\w.-]*$|(^|\/)Procfile$/i;
/** Settings of editors and of tools that run on the machine they name, and lists of what was locked there. */
const OF_TOOLS =
  /(^|\/)\.(vscode|idea|devcontainer|github|circleci)\/|lock\.(json|ya?ml)$|\.lock$|(^|\/)(package|tsconfig|composer)[\w.-]*\.json$|example|sample|template|\.code-workspace$/i;
/** Paths in these are paths of an image or of a server. */
const ELSEWHERE = /(^|\/)(Dockerfile|docker-compose|compose|k8s|kubernetes|helm|charts?)/i;

/** One of these stands in each name of a machine. */
const MARKS = ['Users', '/home/', 'DESKTOP-', 'LAPTOP-', 's-Mac', 's-iMac'];

const isWanted = (file: SourceFile): boolean =>
  file.role === 'production' &&
  file.tracked !== 'no' &&
  SETTINGS.test(file.path) &&
  !OF_TOOLS.test(file.path);

/** Files of settings that name one person's machine. */
export default defineDocumentExtractor({
  id: 'documents/machines',
  produces: ['machineReference'],

  *extract(repository): Generator<MachineReference> {
    for (const file of repository.files) {
      if (!isWanted(file) || !MARKS.some(mark => holds(file, mark))) continue;
      for (const [index, line] of file.text.split('\n').entries()) {
        if (/^\s*([#;]|\/\/)/.test(line)) continue;
        const [found] = machineNamesIn(line).filter(
          ({ what, text }) =>
            !(what === 'home-folder' && text.startsWith('/home/') && ELSEWHERE.test(file.path)),
        );
        if (found)
          yield {
            kind: 'machineReference',
            at: lineOf(file.path, index + 1),
            what: found.what,
            text: found.text,
            reached: 'yes',
          };
      }
    }
  },
});
