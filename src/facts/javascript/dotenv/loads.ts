import type { EnvFileLoad } from '../../../model/index.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { loadsOf } from '../../code/env-file-loads.ts';

const LOADERS = [
  'dotenv.config',
  'dotenv.configDotenv',
  'dotenv-expand.expand',
  '@dotenvx/dotenvx.config',
  'dotenv-flow.config',
  'dotenv-safe.config',
  'process.loadEnvFile',
  '@nestjs/config.ConfigModule.forRoot',
];
const BY_IMPORT = /^(dotenv(-\w+)?|@dotenvx\/dotenvx)\/config$/;

/** Env files that the code loads itself. */
export default defineExtractor({
  id: 'javascript/dotenv/loads',
  reads: [],
  produces: ['envFileLoad'],
  understands: hasNode,
  *extract(view): Generator<EnvFileLoad> {
    const { node } = view;
    for (const site of node.calls(...LOADERS)) {
      if (node.reached(site) === 'no') continue;
      const args = node.args(site);
      const given = args.arg(0, '');
      const isPath = node.nameOf(site.call.callee, site.scope) === 'process.loadEnvFile';
      const member = (name: string) => (given?.kind === 'object' ? args.member(given, name) : undefined);
      const ignores = member('ignoreEnvFile');
      if (ignores?.kind === 'literal' && ignores.value === true) continue;
      const path = isPath ? given : (member('path') ?? member('envFilePath'));
      yield* loadsOf(view, site.scope.module.path, node.at(site.scope, site.call), path);
    }
    for (const { statement, scope, conditions } of node.importsNear(module => BY_IMPORT.test(module))) {
      const loaded = statement.kind === 'import' ? statement.modules.map(each => each.module) : [];
      if (loaded.some(each => BY_IMPORT.test(each)) && node.reached({ scope, conditions }) !== 'no')
        yield* loadsOf(view, scope.module.path, node.at(scope, statement), undefined);
    }
  },
});
