import { isPlaceholder, literalTexts, type Finding, type Image, type Term } from '../../model/index.ts';
import { defineControl, failOr, lowered, passEvery, place } from '../define.ts';

const finals = (images: readonly Image[]): readonly Image[] => images.filter(({ isFinal }) => isFinal);
const SECRET = /(SECRET|PASSWORD|PASSWD|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIAL)/i;
const HARMLESS = /(_FILE|_PATH|_URL|_NAME|_EXPIR\w*|_TTL|_HEADER|_ALGORITHM)$/i;

export default defineControl({
  id: 'container/secrets-in-image',
  title: 'No secret is built into the image',
  severity: 'critical',
  stage: 'stable',
  asks: 'Looks for secret values in ENV and in defaults of ARG, and for env files and keys that a copy brings in.',
  why: 'Whoever can pull the image has the secret, also from a layer that a later one hides.',
  remedy:
    'Hand secrets over when the container starts, or as build secrets, and leave their files out with .dockerignore.',
  sources: ['CATALOG container/secrets-in-image', 'CIS Docker Benchmark 4.10'],
  fix: 'auto',
  drill: 'none',
  needs: ['image', 'buildContext'],

  applies: ({ facts }) => facts.has('image') || 'it has no Dockerfile',

  judge: ({ facts }) => {
    const isSecret = (name: string, term: Term | undefined) =>
      SECRET.test(name) &&
      !HARMLESS.test(name) &&
      term !== undefined &&
      literalTexts(term).some(text => !isPlaceholder(text));
    const stated = finals(facts.all('image')).flatMap(image => [
      ...Object.entries(image.environment).flatMap(([name, term]) =>
        isSecret(name, term) ? [place(term.at, `${name} is set to a literal in the image`)] : [],
      ),
      ...image.args.flatMap(arg =>
        isSecret(arg.name, arg.default) ? [place(arg.at, `${arg.name} has a literal default`)] : [],
      ),
    ]);
    const copied = facts
      .all('buildContext')
      .flatMap(context => [
        ...context.secrets.map((path): Finding => place(context.at, `copies ${path}`)),
        ...context.expected.map(path =>
          lowered(
            place(context.at, `copies ${path}, once it is there`),
            'the file is not in the repository; a deploy file expects it beside the code',
          ),
        ),
      ]);
    return failOr(
      [...stated, ...copied],
      passEvery(finals(facts.all('image')).map(image => place(image.at, 'no secret is built in'))),
    );
  },
});
