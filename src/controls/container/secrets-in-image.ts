import {
  deliveredSecret,
  secretOption,
  shippedImages,
  type CopiedSecret,
  type Finding,
  type Image,
} from '../../model/index.ts';
import { defineControl, failOr, lowered, passEvery, place } from '../define.ts';

/** Secrets that stand in the Dockerfile itself. */
const statedIn = (image: Image): readonly Finding[] => [
  ...Object.entries(image.environment).flatMap(([name, term]) =>
    deliveredSecret(name, term) ? [place(term.at, `${name} is set to a literal in the image`)] : [],
  ),
  ...image.args.flatMap(arg =>
    deliveredSecret(arg.name, arg.default) ? [place(arg.at, `${arg.name} has a literal default`)] : [],
  ),
  ...[image.entrypoint, image.command].flatMap(command =>
    (command?.commands ?? []).flatMap(words => {
      const option = secretOption(words);
      return command && option ? [place(command.at, `the command holds a literal for ${option}`)] : [];
    }),
  ),
];

function copied({ at, path, what, because }: CopiedSecret): Finding {
  const finding = place(at, `copies ${path}, ${what}${because === 'expected' ? ', once it is there' : ''}`);
  return because === 'expected'
    ? lowered(finding, 'the file is not in the repository; a deploy file expects it beside the code')
    : finding;
}

export default defineControl({
  id: 'container/secrets-in-image',
  title: 'No secret is built into the image',
  severity: 'critical',
  stage: 'stable',
  asks: 'Looks for secret values in ENV, in defaults of ARG and in the command, and for env files and private keys that a copy brings in.',
  why: 'Whoever can pull the image has the secret, also from a layer that a later one hides.',
  remedy:
    'Hand secrets over when the container starts, or as build secrets, and leave their files out with .dockerignore.',
  sources: ['CATALOG container/secrets-in-image', 'CIS Docker Benchmark 4.10'],
  fix: 'auto',
  drill: 'none',
  needs: ['image', 'composeService', 'copiedSecret'],

  applies: ({ facts }) =>
    shippedImages(facts.all('image'), facts.all('composeService')).length > 0 || 'it has no Dockerfile',

  judge: ({ facts }) => {
    const images = shippedImages(facts.all('image'), facts.all('composeService'));
    return failOr(
      [...images.flatMap(statedIn), ...facts.all('copiedSecret').map(copied)],
      passEvery(images.map(image => place(image.at, 'no secret is built in'))),
    );
  },
});
