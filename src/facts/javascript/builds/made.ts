import type { Image, Repository, Truth } from '../../../model/index.ts';
import { packagesIn, type NodePackage } from '../packages.ts';
import { commandsBehind } from '../tasks/commands.ts';

/** Programs that build whatever stands behind them. */
const BUILDERS =
  /^(tsc|ttsc|tspc|vue-tsc|tsup|tsdown|esbuild|esbuild-.*|rollup|webpack|webpack-cli|rspack|rsbuild|swc|babel|ncc|unbuild|pkgroll|microbundle|bunchee|preconstruct|gulp|grunt|make|rslib|zshy|nps|babel-cli|browserify|tsc-multi)$/;
/** Programs that build when they are told to. */
const TOLD =
  /^(next|nest|vite|nuxt|nuxi|remix|react-router|astro|svelte-kit|ng|vue-cli-service|react-scripts|craco|gatsby|strapi|medusa|keystone|parcel|turbo|nx|lerna|bun|vinxi|nitro|nitropack|rush|bazel|moon|tsr|deno|ace|electron-vite|adonis|wasp|npm|yarn|pnpm|blitz|redwood|rw|expo|vercel|payload)$/;
const TELLS = /^(build|build:.*|compile|bundle|generate|export|run-many|production|run)$/;

/** Programs that certainly build nothing. */
const NO_BUILD =
  /^(npm|npx|yarn|pnpm|corepack|cd|apt|apt-get|apk|yum|dnf|mkdir|chown|chmod|rm|ls|echo|addgroup|adduser|groupadd|useradd|usermod|cat|touch|ln|curl|wget|git|set|export|true|test|\[|exit|prisma|husky|patch-package|userdel|deluser|update-ca-certificates|sleep|printenv|env|pip|pip3|sed|node-gyp|which|find|date|id|whoami|exec|dumb-init|tini|wait-on|rimraf|del-cli|is-ci|node-prune|setcap|locale-gen|dpkg|gpg|tar|unzip|su|:|pm2|modclean)$/;

/** Programs of the system that put files where others look for them: what they do is not followed. */
const nameOf = (words: readonly string[]): string => words[0]?.split('/').at(-1) ?? '';

const isBuild = (words: readonly string[]): boolean => {
  const name = nameOf(words);
  if (name === 'node')
    return /\b(ace|build|esbuild|webpack|bundle|compile)\b/.test(words.slice(1, 3).join(' '));
  return BUILDERS.test(name)
    ? !(name === 'tsc' && words.includes('--noEmit'))
    : TOLD.test(name) && words.slice(1).some(word => TELLS.test(word));
};

/** Scripts of a package that its manager runs by itself when it installs. */
const HOOKS = [
  'preinstall',
  'install',
  'postinstall',
  'prepare',
  'heroku-postbuild',
  'gcp-build',
  'vercel-build',
  'build',
];

/** Whether one of these commands builds something, followed through scripts of the packages. */
export function someBuild(
  repository: Repository,
  commands: readonly (readonly string[])[],
  from: readonly NodePackage[],
): Truth {
  const behind = commands.flatMap(words => commandsBehind(repository, words, from));
  if (behind.some(isBuild)) return 'yes';
  return behind.every(words => NO_BUILD.test(nameOf(words))) ? 'no' : 'unclear';
}

/** The package, and those around it that may hold its scripts. */
export const packagesFor = (repository: Repository, of: NodePackage): readonly NodePackage[] => {
  const packages = packagesIn(repository);
  const root = packages.at('');
  return root && root !== of ? [of, root] : [of];
};

/** Whether the image, or the command that it starts with, builds what a package is made into. */
export function builtIn(
  repository: Repository,
  image: Image,
  start: readonly (readonly string[])[],
  of: NodePackage,
): Truth {
  const from = packagesFor(repository, of);
  const commands = [...image.runs, ...image.builds].flatMap(run => run.commands);
  if (someBuild(repository, start, from) === 'yes') return 'yes';
  const told = someBuild(repository, commands, from);
  if (told !== 'no') return told;
  const installs = image.installs.some(
    ({ tool, flags }) => tool !== 'system' && !flags.includes('--ignore-scripts'),
  );
  // What an install runs by itself may build, where the sources are there already.
  return installs && hooked(repository, from) ? 'unclear' : 'no';
}

const hooked = (repository: Repository, from: readonly NodePackage[]): boolean =>
  from.some(each =>
    HOOKS.slice(0, 4).some(
      name => each.scripts.has(name) && someBuild(repository, [['npm', 'run', name]], [each]) !== 'no',
    ),
  );

/** Whether a platform finds a script that builds, as it looks for one by itself. */
export const builtByScript = (repository: Repository, of: NodePackage): boolean =>
  packagesFor(repository, of).some(
    each =>
      [...each.scripts.keys()].some(name => /build|compile|bundle/.test(name)) || hooked(repository, [each]),
  );

const BUILDS_IMAGE =
  /docker\s+(buildx\s+)?build|docker[ -]compose\b[^\n]*\bbuild\b|build-push-action|kaniko|buildah|docker:build|docker-build|gcloud builds/;
const BUILDS_CODE = /\b(npm|pnpm|yarn|bun|nx|turbo)\b[^\n]*\bbuild\b|\btsc\b|\b(nest|next|vite) build\b/;

/** Whether a pipeline, makefile or script builds the code before it builds images. */
export const builtOutside = (repository: Repository): boolean =>
  repository.files.some(
    ({ path, text }) =>
      /\.(ya?ml|sh|mk|json)$|(^|\/)(Makefile|Jenkinsfile|justfile|Taskfile[\w.]*)$/.test(path) &&
      !/(^|\/)(package-lock\.json|pnpm-lock\.yaml)$/.test(path) &&
      BUILDS_IMAGE.test(text) &&
      BUILDS_CODE.test(text),
  );
