import { known, type Image, type ImageReference } from '../../model/index.ts';
import { knownImage } from '../container/known-images.ts';

/** A container that pods run, and the name of its object where no other container runs beside it. */
export interface Run {
  readonly image: ImageReference;
  readonly object: string;
}

/** Says which image of the repository a container runs, by its id; empty where none fits. */
export type BuilderOf = (run: Run) => string;

const lastOf = (path: string): string => path.split('/').at(-1) ?? '';
const nameOf = (image: ImageReference): string => lastOf(known(image.name) ?? '');
const folderOf = (image: Image): string =>
  lastOf(
    (image.context.state === 'unclear' ? '' : image.context.value) || image.path.replace(/\/?[^/]*$/, ''),
  );

const isThirdParty = (image: ImageReference): boolean => {
  const name = known(image.name);
  return name !== undefined && (knownImage(name) !== undefined || /^(busybox|alpine)$/.test(lastOf(name)));
};

/** What a template says of the place of a name, and not of what runs. */
const OF_TEMPLATES =
  /^(include|template|values|image|images|repository|registry|name|tag|version|digest|quote|release|default|global|printf|print|s)$/;
/** What a chart calls the program that it is made for. */
const OF_APPS = /^(app|application|api|web|server|backend|service|main|deployment|site)$/;

const wordsIn = (text: string): readonly string[] =>
  text
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(word => word !== '' && !OF_TEMPLATES.test(word));

/** What is written of an image, without its tag: a name, or the template that puts it in, without its chart. */
const writtenAs = (image: ImageReference): string =>
  known(image.name) ??
  image.text
    .replace(/:\{\{.*$/, '')
    .replaceAll(/"[\w-]+\./g, '"')
    .trim();

/**
 * Where several images run and one is built here, it is the one that is called as the repository, as its folder, or
 * as apps are called. Where nothing tells them apart, none is blamed for another.
 */
function ownOf(image: Image, runs: readonly Run[], repository: string): (run: Run) => boolean {
  const others = runs.filter(run => !isThirdParty(run.image));
  if (new Set(others.map(run => writtenAs(run.image))).size <= 1) return run => !isThirdParty(run.image);
  const own = new Set([...wordsIn(repository), ...wordsIn(folderOf(image))]);
  return run => {
    if (isThirdParty(run.image)) return false;
    const isNamed = known(run.image.name) !== undefined;
    const words = wordsIn(isNamed ? nameOf(run.image) : writtenAs(run.image));
    const special = words.filter(word => !own.has(word));
    return special.length === 0 || special.every(word => OF_APPS.test(word));
  };
}

/** By the last part of its name: `registry/team/shop-api` is built in `shop-api/` or `api/`, or by the only Dockerfile. */
export function builderIn(images: readonly Image[], runs: readonly Run[], repository: string): BuilderOf {
  const finals = images.filter(({ isFinal }) => isFinal);
  const [only] = finals;
  if (only && finals.length === 1) {
    const isOwn = ownOf(only, runs, repository);
    return run => (isOwn(run) ? only.id : '');
  }
  return ({ image, object }) => {
    if (isThirdParty(image)) return '';
    const words = [nameOf(image), object].filter(Boolean);
    const whole = finals.find(each => words.includes(folderOf(each)));
    const part = finals.find(each => {
      const folder = folderOf(each);
      return folder !== '' && words.some(word => word.split(/[-_]/).includes(folder));
    });
    return (whole ?? part)?.id ?? '';
  };
}
