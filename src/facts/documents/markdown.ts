import type {
  DocumentCommand,
  DocumentText,
  SourceFile,
  StartCommand,
  TextDocument,
} from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { readMarkdown, type CodeBlock, type MarkdownContent } from '../../read/documents/markdown.ts';
import { baseName, folderOf } from '../../read/documents/path.ts';
import { parseShell } from '../../read/documents/shell.ts';
import { isPrompt } from '../../read/prompts.ts';
import { shellStart } from '../deploy/start-commands.ts';
import { defineDocumentExtractor } from '../define.ts';

const SHELL = /^(bash|sh|shell|zsh|console|shell-session|terminal|cmd|powershell|ps1|)$/;
const PROMPT = /^\s*(?:\$|#(?= (?:apt|yum|docker|systemctl|cd|mkdir)\b)|>|%|PS>|\(\w+\)\s*\$)\s+/;
const PROGRAM =
  /^(?:sudo\s+)?(?:[\w.]+=\S+\s+)*(?:docker|docker-compose|podman|kubectl|helm|make|npm|npx|yarn|pnpm|python3?|pip3?|poetry|uv|pipenv|flask|gunicorn|uvicorn|celery|cd|cp|git|curl|bash|sh|source|export|systemctl|flyctl|fly|heroku|gcloud|aws|terraform|alembic|pytest|node|psql|mysql|redis-cli|chmod|mkdir|\.{1,2}\/\S+)\b/;

/** The command lines of a block; output that stands between prompts is left out. */
function commandsOf(block: CodeBlock, path: string): readonly DocumentCommand[] {
  if (!SHELL.test(block.language)) return [];
  const lines = block.text.split('\n');
  const prompted = lines.some(line => PROMPT.test(line));
  // A block without a language may be anything: only lines that begin with a known program count.
  const sure = block.language !== '' && !/console|session/.test(block.language);
  let continued = false;
  const kept = lines.map(line => {
    const isCommand = continued || (prompted ? PROMPT.test(line) : sure || PROGRAM.test(line.trim()));
    const plain = isCommand ? line.replace(PROMPT, '') : '';
    continued = isCommand && plain.trimEnd().endsWith('\\');
    return plain;
  });
  return parseShell(kept.join('\n'), path, block.line).commands.flatMap(({ words, text, at }) =>
    words.length === 0 ? [] : [{ words: words.map(word => word.text), text, at, under: block.under }],
  );
}

const FILE =
  /^(?:\.{0,2}\/)?(?:[\w.@-]+\/)*[\w@-]*\.?[\w-]+\.(?:py|js|ts|sh|ya?ml|toml|json|sql|md|txt|env|cfg|ini|conf|html|css|example|template)$|^(?:[\w.-]+\/)+[\w.-]*$|^(?:Dockerfile|Makefile|Procfile)(?:\.\w+)?$/;
const VARIABLE = /^\$?\{?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|PORT|DEBUG|HOST)\}?(?:=.*)?$/;

function filesIn({ code, links }: MarkdownContent): readonly DocumentText[] {
  const named = code.filter(({ text }) => text.length < 200 && FILE.test(text));
  const linked = links
    .map(({ target, at }) => ({ text: target.replace(/[#?].*$/, ''), at }))
    .filter(({ text }) => text !== '' && !/^[a-z][\w+.-]*:|^\/\//i.test(text));
  return [...named, ...linked];
}

function variablesIn({ code, blocks }: MarkdownContent, path: string): readonly DocumentText[] {
  const inline = code.flatMap(({ text, at }) => {
    const name = text.length < 200 ? VARIABLE.exec(text)?.[1] : undefined;
    return name === undefined ? [] : [{ text: name, at }];
  });
  const assigned = blocks.flatMap(block =>
    block.text.split('\n').flatMap((line, index) => {
      const name = /^\s*(?:export\s+|-\s+)?([A-Z][A-Z0-9_]{2,})=/.exec(line)?.[1];
      const at = { path, startLine: block.line + index, endLine: block.line + index };
      return name === undefined ? [] : [{ text: name, at }];
    }),
  );
  return [...inline, ...assigned];
}

const RUN_HEADING =
  /\b(run|running|start|starting|usage|quick ?start|getting started|deploy|deployment|production|launch|serve)\b/i;
const STARTS =
  /^(?:python3?|flask|gunicorn|uvicorn|hypercorn|waitress-serve|daphne|uwsgi|fastapi|celery|node|npm|yarn|pnpm|poetry|uv|pipenv)$/;
const INSTALLS =
  /\b(install|migrate|upgrade|add|sync|init|venv|build|test|pytest|lint|createsuperuser|init_db|--version|-c)\b/;

/** `python manage.py seed_db`: a word behind the script that is none of serving. */
const OTHER_TASK = /^python3?\s+\S+\.py\s+(?!run|serve|start|web|api|prod|main)[a-z]\w*\s*$/i;

/** What a README tells a person to run: the last resort, when nothing else starts the service. */
function* startsIn(document: TextDocument): Generator<StartCommand> {
  const folder = folderOf(document.path);
  for (const { words, text, at, under } of document.commands) {
    if (!STARTS.test(words[0] ?? '') || INSTALLS.test(words.slice(1).join(' '))) continue;
    if (OTHER_TASK.test(text)) continue;
    if (!under.some(heading => RUN_HEADING.test(heading))) continue;
    const where = under.join(' ');
    const stage = /\bprod/i.test(where)
      ? 'production'
      : /\b(dev|local)/i.test(where)
        ? 'development'
        : 'unclear';
    yield shellStart(at, text, { source: 'documents', stage, folder, environment: {}, name: '' });
  }
}

function documentOf(file: SourceFile, content: MarkdownContent): TextDocument {
  const { headings, blocks, boxes } = content;
  return {
    kind: 'document',
    at: { path: file.path, startLine: 1, endLine: 1 },
    path: file.path,
    title: headings[0]?.text ?? '',
    headings: headings.map(({ text, at }) => ({ text, at })),
    blocks: blocks.map(({ language, text, at }) => ({ language, text, at })),
    commands: blocks.flatMap(block => commandsOf(block, file.path)),
    files: filesIn(content),
    variables: variablesIn(content, file.path),
    boxes,
  };
}

/** Markdown documents: the commands, files and variables that they name. */
export default defineDocumentExtractor({
  id: 'documents/markdown',
  produces: ['document', 'startCommand'],

  *extract(repository) {
    for (const file of repository.files) {
      if (!/\.(md|markdown|mdx)$/i.test(file.path) || isPrompt(file.path)) continue;
      if (file.role === 'vendored' || file.role === 'generated') continue;
      const content = contentOf(readMarkdown(file));
      if (!content) continue;
      const document = documentOf(file, content);
      yield document;
      if (/^readme/i.test(baseName(file.path))) yield* startsIn(document);
    }
  },
});
