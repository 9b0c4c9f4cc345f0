import {
  isBundled,
  isBundledSecret,
  secretKind,
  termsIn,
  type BundledVariable,
  type Facts,
  type Finding,
  type Image,
  type Location,
} from '../../model/index.ts';
import { absence, defineControl, failOr, followed, passEvery, place } from '../define.ts';

type Kinds = 'image' | 'composeService' | 'workload' | 'bundledVariable';

interface Baked {
  readonly name: string;
  readonly at: Location;
  readonly how: string;
}

/** What the build fixes: arguments that become variables of the image, secrets, settings of a front end. */
function bakedIn({ args, environment }: Image): readonly Baked[] {
  const names = new Set(args.map(({ name }) => name));
  const variables = Object.entries(environment).flatMap(([name, term]): Baked[] => {
    const isFromArgument =
      names.has(name) || [...termsIn(term)].some(each => each.kind === 'env' && names.has(each.name));
    if (isFromArgument) return [{ name, at: term.at, how: 'from a build argument' }];
    return isBundled(name) ? [{ name, at: term.at, how: 'by the image' }] : [];
  });
  const known = new Set(variables.map(({ name }) => name));
  const others = args.filter(
    ({ name }) => !known.has(name) && (isBundled(name) || secretKind(name) !== undefined),
  );
  return [...variables, ...others.map(({ name, at }): Baked => ({ name, at, how: 'as a build argument' }))];
}

/** Where a deploy description sets the variable when the container starts. */
function setAtRun(facts: Facts<Kinds>, name: string): readonly { at: Location; says: string }[] {
  return [
    ...facts.all('composeService').flatMap(({ environment }) => {
      const term = environment[name];
      return term ? [{ at: term.at, says: 'sets it when the container starts' }] : [];
    }),
    ...facts
      .all('workload')
      .flatMap(({ environment }) =>
        environment
          .filter(each => each.name === name)
          .map(({ at }) => ({ at, says: 'sets it when the container starts' })),
      ),
  ];
}

const secretsForPages = (facts: Facts<Kinds>): readonly BundledVariable[] =>
  facts.all('bundledVariable').filter(({ name }) => isBundledSecret(name));

const finals = (facts: Facts<Kinds>): readonly Image[] => facts.all('image').filter(({ isFinal }) => isFinal);

export default defineControl({
  id: 'config/build-time-env',
  title: 'Nothing that differs between environments is fixed when the image is built',
  severity: 'medium',
  stage: 'trial',
  asks: 'Looks at build arguments and front-end variables that end up in the image, and at what code for browsers reads of them: none may be a secret, and none may be set again by the deploy files, which then have no effect.',
  why: 'A value that the build has written into the bundle stays what it was, whatever the deployment sets; and a secret in a layer is anybody’s.',
  remedy: 'Read the setting when the container starts, or make it a part of the page that the server sends.',
  sources: ['CATALOG config/build-time-env', '12-factor V', 'Docker documentation: Build secrets'],
  fix: 'advice',
  drill: 'none',
  needs: ['image', 'composeService', 'workload', 'bundledVariable'],

  applies: ({ facts }) =>
    finals(facts).some(image => bakedIn(image).length > 0) ||
    secretsForPages(facts).length > 0 ||
    'no image fixes settings when it is built',

  judge: ({ facts }) => {
    const findings = finals(facts).flatMap(image =>
      bakedIn(image).flatMap(({ name, at, how }): Finding[] => {
        if (secretKind(name) || isBundledSecret(name))
          return [place(at, `${name} is built into the image ${how}, and it is a secret`)];
        const again = setAtRun(facts, name);
        return isBundled(name) && again.length > 0
          ? [
              followed(
                place(at, `${name} is fixed ${how}, and what the deployment sets has no effect`),
                again,
              ),
            ]
          : [];
      }),
    );
    const forPages = secretsForPages(facts).map(({ name, at }) =>
      place(at, `${name} is built into what browsers get, and its name says that it is a secret`),
    );
    return failOr(
      [...forPages, ...findings],
      passEvery([absence('secret or deployed setting among what is built in', facts.searched('image'))]),
    );
  },
});
