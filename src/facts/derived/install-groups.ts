import type { Image, InstalledThing, Package, PackageInstall } from '../../model/index.ts';

/** Whether an install takes a package that is not in the main group of its manifest. */
export type TakesExtra = (each: Package) => boolean;

const NO_DEVELOPMENT = /^--(no-dev|prod|production|only|only-main|no-default-groups|only-group|omit)$/;

/** The words of the command that installs. */
function wordsOf({ at, tool }: PackageInstall, { runs, builds }: Image): readonly string[] {
  const run = [...runs, ...builds].find(
    each => each.at.path === at.path && each.at.startLine <= at.startLine && at.startLine <= each.at.endLine,
  );
  return (run?.commands ?? []).filter(words => words.some(word => word.includes(tool))).flat();
}

/** `--without dev,test`, `--extra=mail`. */
const valuesOf = (words: readonly string[], ...flags: readonly string[]): readonly string[] =>
  words.flatMap((word, index) => {
    const [flag = '', value = words[index + 1] ?? ''] = word.split('=', 2);
    return flags.includes(flag) ? value.split(/[,\s]+/) : [];
  });

const isProduction = (image: Image, name: string, wanted: string): boolean => {
  const value = image.environment[name];
  return value?.kind === 'literal' && String(value.value) === wanted;
};

/** `--omit=dev`, `--prod`, `--only production`; the plain words mean yes. */
const NODE_PRODUCTION = /(^|\s)(--prod|--production|-P|--omit[= ]dev|--only[= ]prod(uction)?)(\s|$|=true)/;

/** The packages for development are left out, or taken out again in the same image. */
const leavesNodeDevelopment = (words: readonly string[], image: Image): boolean =>
  NODE_PRODUCTION.test(words.join(' ')) ||
  [...image.runs, ...image.builds].some(
    ({ text }) => /\b(npm|pnpm|yarn)\s+(prune|workspaces\s+focus)\b/.test(text) && NODE_PRODUCTION.test(text),
  );

/** Which packages beside the main ones an install takes, by what its tool does unless told otherwise. */
export function extrasOf(install: PackageInstall, thing: InstalledThing, image: Image): TakesExtra {
  const { tool, flags } = install;
  const words = wordsOf(install, image);
  const named = [
    ...valuesOf(words, '--extra', '--extras', '-E', '--group', '-G', '--with', '--only'),
    ...(thing.kind === 'project' ? thing.extras : []),
  ];
  const left = valuesOf(words, '--without', '--no-group');
  const all = words.some(word => /^--(all-extras|all-groups)$/.test(word));
  const leavesDevelopment = flags.some(flag => NO_DEVELOPMENT.test(flag));
  const isChosen = ({ groupName }: Package) =>
    !left.includes(groupName) && (all || named.includes(groupName));
  switch (tool) {
    case 'poetry':
      // Every group that is not optional, unless it is told otherwise.
      return each =>
        isChosen(each) ||
        (each.group === 'development' && !leavesDevelopment && !left.includes(each.groupName));
    case 'uv':
    case 'pdm': {
      const takes = !leavesDevelopment && !isProduction(image, 'UV_NO_DEV', '1') && words.includes('sync');
      return each => isChosen(each) || (each.groupName === 'dev' && takes && !left.includes('dev'));
    }
    case 'pipenv':
      return ({ groupName }) => groupName === 'dev' && (flags.includes('--dev') || flags.includes('-d'));
    case 'npm':
    case 'yarn':
    case 'pnpm':
    case 'bun':
      return ({ group }) =>
        group === 'development' &&
        !leavesNodeDevelopment(words, image) &&
        !isProduction(image, 'NODE_ENV', 'production');
    default:
      return isChosen;
  }
}
