import { fileOf, type ControlId, type SourceFile } from '../../model/index.ts';
import { open } from '../answer.ts';
import { seen, type Check } from './check.ts';

const isOwn = ({ role, tracked }: SourceFile): boolean =>
  role !== 'vendored' && role !== 'example' && role !== 'test' && tracked !== 'no';

/** A file whose path fits, that belongs to the project. */
const fileLike =
  (pattern: RegExp, name: string): Check =>
  (witness, repository) => {
    const file = repository.files.find(each => pattern.test(each.path) && isOwn(each));
    return file
      ? seen(witness, 'holds', `${file.path} is there`, fileOf(file.path))
      : seen(witness, 'fails', `There is no ${name}`);
  };

export const envTemplate = fileLike(
  /(^|\/)(\.?env[._-](example|template|sample|dist)|[\w-]*\.env\.(example|template|sample|dist)|(example|template|sample)\.env)$/i,
  'template of an env file',
);

export const compose = fileLike(/(^|\/)(docker-)?compose[\w.-]*\.ya?ml$/i, 'compose file');

export const helm = fileLike(/(^|\/)Chart\.ya?ml$/, 'Chart.yaml');

export const kubernetes: Check = (witness, repository) => {
  const { facts } = witness;
  const [first] = [...facts.all('workload'), ...facts.all('kubernetesObject')];
  if (first) return seen(witness, 'holds', 'a Kubernetes manifest', first.at);
  return facts.isRead('workload') && repository.rendered.length === 0
    ? seen(witness, 'fails', 'There is no Kubernetes manifest')
    : open('charts were not rendered');
};

export const autoscaler: Check = witness => {
  const { facts } = witness;
  const own = facts.all('kubernetesObject').filter(({ about }) => about.kind === 'autoscaler');
  const [first] = own;
  if (first) return seen(witness, 'holds', `${first.type} ${first.name}`, first.at);
  return facts.all('workload').length > 0
    ? seen(witness, 'fails', 'There is no autoscaler among the manifests')
    : open('the repository has no Kubernetes manifests, it may be scaled elsewhere');
};

export const terraform: Check = witness => {
  const [first] = witness.facts.all('infrastructure');
  return first
    ? seen(witness, 'holds', `infrastructure by ${first.tool}`, first.at)
    : open('the repository does not show it; it may be kept elsewhere');
};

export const multiStage: Check = witness => {
  const images = witness.facts.all('image').filter(({ isFinal }) => isFinal);
  const single = images.filter(({ stages }) => stages.length < 2);
  const [first] = images;
  if (!first) return open('no image definition was found');
  return single.length === 0
    ? seen(witness, 'holds', `${first.path} has ${first.stages.length} stages`, first.at)
    : seen(witness, 'fails', `${single[0]?.path ?? ''} has one stage only`, ...single.map(({ at }) => at));
};

export const backupChecks: Check = witness => {
  const backups = witness.facts.all('backup').filter(({ managed }) => !managed);
  const [first] = backups;
  if (!first) return open('no backup was found that could be checked');
  const good = backups.find(({ checks }) => checks === 'yes');
  if (good) return seen(witness, 'holds', `${good.name} compares checksums`, good.at);
  return backups.every(({ checks }) => checks === 'no')
    ? seen(witness, 'fails', `${first.name} checks nothing of what it wrote`, first.at)
    : open('it cannot be told whether the backup is checked');
};

export const hsts: Check = witness => {
  const { facts } = witness;
  const headers = facts.all('securityHeader').filter(({ name }) => name === 'strict-transport-security');
  const edges = facts.all('edge');
  const sent = [
    ...headers.filter(({ wired }) => wired === 'yes'),
    ...edges.filter(edge => edge.hsts === 'yes'),
  ];
  const [first] = sent;
  if (first) return seen(witness, 'holds', 'Strict-Transport-Security is sent', first.at);
  const isOpen =
    headers.some(({ wired }) => wired === 'unclear') || edges.some(edge => edge.hsts === 'unclear');
  if (isOpen) return open('it cannot be told whether the header is sent');
  const [dead] = headers;
  if (dead)
    return seen(
      witness,
      'fails',
      `${dead.by} sets it, and nothing on a production start path applies it`,
      dead.at,
    );
  const [edge] = edges;
  return edge
    ? seen(witness, 'fails', `${edge.name} sends no Strict-Transport-Security`, edge.at)
    : open('nothing in front of the service is configured here, where the header may be sent');
};

/** It may run by hand, so that nothing refutes it. */
const tool =
  (what: 'types' | 'lint', control: ControlId): Check =>
  witness => {
    const own = witness.facts.all('codeTool').filter(each => each.what === what);
    const [first] = own;
    if (first)
      return seen(
        witness,
        'holds',
        `${[...new Set(own.map(each => each.name))].join(', ')} is set up`,
        first.at,
      );
    const judgement = witness.assessed.judgements.find(each => each.control === control);
    const [proof] = judgement?.status === 'pass' ? judgement.evidence : [];
    return proof?.kind === 'place'
      ? seen(witness, 'holds', proof.says, proof.at)
      : open('the repository does not show it; it may be run by hand');
  };

export const types = tool('types', 'tests/types');

export const lint = tool('lint', 'tests/lint');

export const coverage: Check = witness => {
  const [first] = witness.facts.all('coverageGate');
  return first
    ? seen(witness, 'holds', first.says, first.at)
    : open('nothing that measures coverage was found in the settings of tests and pipeline');
};

/** A check of keys is a function of the project with a telling name. */
export const apiKeys: Check = witness => {
  const own = witness.facts
    .all('protection')
    .filter(({ what, name }) => what === 'authentication' && /api_?key/i.test(name));
  const wired = own.find(each => each.wired === 'yes');
  if (wired) return seen(witness, 'holds', `${wired.name} asks for a key`, wired.at);
  const [dead] = own;
  return dead && own.every(each => each.wired === 'no')
    ? seen(witness, 'fails', `${dead.name} is present and not wired: ${dead.missing}`, dead.at)
    : open('no check of keys was found by its name');
};

/** Another party that signs users in; a second factor is something else. */
export const identityProvider: Check = witness => {
  const { facts } = witness;
  const all = facts.all('strongSignIn').filter(({ says }) => !/second factor|totp|otp/i.test(says));
  const [used] = all.filter(({ reached }) => reached === 'yes');
  if (used) return seen(witness, 'holds', used.says, used.at);
  const [unsure] = all.filter(({ reached }) => reached === 'unclear');
  if (unsure) return open('it cannot be told whether production comes by the sign-in of another party');
  const [dead] = all;
  if (dead)
    return seen(witness, 'fails', `${dead.says}, and nothing that production starts comes by`, dead.at);
  const judgement = witness.assessed.judgements.find(({ control }) => control === 'access/mfa');
  return judgement?.status === 'fail'
    ? seen(witness, 'fails', judgement.findings[0]?.message ?? '')
    : open('no sign-in of another party was found');
};
