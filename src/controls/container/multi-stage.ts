import { shippedImages, type Image, type PackageInstall } from '../../model/index.ts';
import { defineControl, failOr, passEvery, place } from '../define.ts';

const COMPILERS =
  /^(gcc|g\+\+|build-essential|build-base|make|cmake|clang|cargo|rustc|rust|golang|go|gfortran|musl-dev|[a-z0-9.+-]+-dev(el)?)$/;

/** Compilers that an install leaves in the image; what the same stage takes out again is gone. */
function compilersIn(image: Image, install: PackageInstall): readonly string[] {
  if (install.tool !== 'system') return [];
  const group = /(?:--virtual|-t)[= ]+(\S+)/.exec(textAt(image, install))?.[1];
  const removed = image.runs
    .filter(({ stage }) => stage === install.stage)
    .flatMap(({ commands }) => commands)
    .filter(words => words.some(word => /^(purge|remove|del|autoremove)$/.test(word)))
    .flat();
  const isGone = (name: string) => removed.includes(name) || (group !== undefined && removed.includes(group));
  return install.what.flatMap(thing =>
    thing.kind === 'package' && COMPILERS.test(thing.name) && !isGone(thing.name) ? [thing.name] : [],
  );
}

const textAt = ({ runs }: Image, { at }: PackageInstall): string =>
  runs.find(run => run.at.startLine <= at.startLine && at.startLine <= run.at.endLine)?.text ?? '';

export default defineControl({
  id: 'container/multi-stage',
  title: 'Compilers stay out of the image that runs',
  severity: 'low',
  stage: 'stable',
  asks: 'Asks whether the final stage installs compilers, development packages or test tools that only the build and the desk need.',
  why: 'They make the image large and give whoever breaks in the tools to go on.',
  remedy: 'Build in a first stage and copy the result into a slim one.',
  sources: ['CATALOG container/multi-stage', 'Docker documentation: Multi-stage builds'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['image', 'composeService', 'manifest', 'productionPackage'],

  applies: ({ facts }) =>
    shippedImages(facts.all('image'), facts.all('composeService')).length > 0 || 'it has no Dockerfile',

  judge: ({ facts }) => {
    const images = shippedImages(facts.all('image'), facts.all('composeService'));
    const desks = new Set(
      facts.all('manifest').flatMap(({ path, group }) => (group === 'development' ? path : [])),
    );
    const findings = images.flatMap(image =>
      image.installs
        .filter(each => each.present !== 'no')
        .flatMap(each => {
          const names = compilersIn(image, each);
          const manifests = each.what.flatMap(thing =>
            thing.kind === 'manifest' && desks.has(thing.path) ? [thing.path] : [],
          );
          return [
            ...(names.length > 0 ? [place(each.at, `the image that runs holds ${names.join(', ')}`)] : []),
            ...manifests.map(path =>
              place(each.at, `the image that runs holds the development packages of ${path}`),
            ),
          ];
        }),
    );
    const along = new Map(
      facts
        .all('productionPackage')
        .flatMap(({ group, installedAt: at }) =>
          group === 'development' && at && images.some(({ path }) => path === at.path)
            ? [
                [
                  `${at.path}:${at.startLine}`,
                  place(at, 'the image that runs holds the packages for development'),
                ],
              ]
            : [],
        ),
    );
    return failOr(
      [...findings, ...along.values()],
      passEvery(images.map(image => place(image.at, 'no compiler in the final stage'))),
    );
  },
});
