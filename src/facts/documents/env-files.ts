import type { EnvEntry, EnvFile } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { readEnvFile, type EnvLine } from '../../read/documents/env-file.ts';
import { baseName } from '../../read/documents/path.ts';
import { stageOfName } from '../container/compose-files.ts';
import { composeServices } from '../container/compose-services.ts';
import { defineDocumentExtractor } from '../define.ts';

const NAME =
  /^\.?(env|envrc|flaskenv)(\.[\w.-]+)?$|^[\w.-]*\.env(\.[\w-]+)*$|^env[._-](example|sample|template|dist)$|^(example|sample|template)\.env$|^[\w-]*env\.(prod|production|dev|docker|local|example)$/i;
const TEMPLATE = /(^|[._-])(example|sample|template|tmpl|dist|default|defaults|schema|skeleton)([._-]|$)/i;
/** Code and documents whose names look alike. */
const OTHER = /\.(py|js|ts|mjs|cjs|json|ya?ml|md|toml|sh|d\.ts)$/i;

const entriesOf = (lines: readonly EnvLine[]): readonly EnvEntry[] =>
  lines.map(({ name, value, at }) => ({ name, value, at }));

/** Env files: by their name, or because a compose file loads them. */
export default defineDocumentExtractor({
  id: 'documents/env-files',
  produces: ['envFile'],

  *extract(repository) {
    const loaded = new Set(
      composeServices(repository).flatMap(({ envFiles }) =>
        envFiles.flatMap(({ path }) => (path.state === 'unclear' ? [] : path.value)),
      ),
    );
    for (const file of repository.files) {
      const name = baseName(file.path);
      const named = NAME.test(name) && !OTHER.test(name);
      if ((!named && !loaded.has(file.path)) || file.role === 'vendored' || file.role === 'generated')
        continue;
      const content = contentOf(readEnvFile(file));
      if (!content) continue;
      const fact: EnvFile = {
        kind: 'envFile',
        at: { path: file.path, startLine: 1, endLine: 1 },
        path: file.path,
        entries: entriesOf(content.entries),
        commented: entriesOf(content.commented),
        isTemplate: TEMPLATE.test(name),
        tracked: file.tracked,
        ignored: repository.isIgnored(file.path),
        stage: stageOfName(name.replace(/^\.?env/i, '_')),
      };
      yield fact;
    }
  },
});
