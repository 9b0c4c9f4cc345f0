import {
  productionServices,
  shippedImages,
  type ComposeService,
  type Evidence,
  type Healthcheck,
  type Image,
} from '../../model/index.ts';
import { absence, defineControl, fail, failOr, lowered, pass, place } from '../define.ts';

/** The app in the files of production; where all are for development, there. */
function apps(all: readonly ComposeService[]): readonly ComposeService[] {
  const production = productionServices(all);
  return (production.length > 0 ? production : all).filter(({ role }) => role === 'app');
}

const checkOf = (check: Healthcheck | undefined, says: string): readonly Evidence[] =>
  check && !check.disabled ? [place(check.at, says)] : [];

/** It takes requests, and neither compose nor its image looks after it. */
function isUnseen(service: ComposeService, images: readonly Image[]): boolean {
  if (service.ports.length === 0 && service.exposes.length === 0) return false;
  if (service.healthcheck) return service.healthcheck.disabled;
  const image = images.find(({ id }) => id === service.build?.image);
  return image !== undefined && (image.healthcheck === undefined || image.healthcheck.disabled);
}

export default defineControl({
  id: 'container/healthcheck',
  title: 'The platform can see whether the container is healthy',
  severity: 'medium',
  stage: 'stable',
  asks: 'Asks for a HEALTHCHECK in the image, a healthcheck in compose, or probes in Kubernetes.',
  why: 'A process that hangs looks alive: nothing restarts it, and requests keep going to it.',
  remedy: 'Add a health check that asks a cheap route of the service.',
  sources: ['CATALOG container/healthcheck', 'CIS Docker Benchmark 4.6'],
  fix: 'auto',
  drill: 'none',
  needs: ['image', 'composeService', 'workload', 'platformFile'],

  applies: ({ facts }) =>
    shippedImages(facts.all('image'), facts.all('composeService')).length > 0 ||
    facts.all('composeService').some(({ role }) => role === 'app') ||
    'it has no image',

  judge: ({ facts }) => {
    const all = facts.all('composeService');
    const images = shippedImages(facts.all('image'), all);
    const checks = [
      ...images.flatMap(({ healthcheck }) => checkOf(healthcheck, 'HEALTHCHECK')),
      ...apps(all).flatMap(({ healthcheck }) => checkOf(healthcheck, 'healthcheck in compose')),
    ];
    const workloads = facts.all('workload');
    const own = workloads.filter(({ builtBy }) => builtBy !== '');
    const elsewhere = [
      ...(own.length > 0 ? own : workloads).flatMap(({ liveness, readiness }) =>
        [liveness, readiness].flatMap(probe => (probe ? [place(probe.at, 'a probe')] : [])),
      ),
      ...facts
        .all('platformFile')
        .flatMap(file =>
          file.healthAt ? [place(file.healthAt, `${file.platform} asks ${file.healthPath}`)] : [],
        ),
    ];
    const proofs = [...checks, ...elsewhere];
    const searched = [...images.map(({ path }) => path), ...all.map(({ at }) => at.path)];
    const off = apps(all).flatMap(({ name, healthcheck }) =>
      healthcheck?.disabled ? [place(healthcheck.at, `the health check of ${name} is switched off`)] : [],
    );
    if (elsewhere.length === 0 && off.length > 0) return fail(off);
    if (proofs.length === 0)
      return fail([absence('health check for the container', [...new Set(searched)], images[0]?.at)]);
    const unseen = elsewhere.length > 0 ? [] : apps(all).filter(service => isUnseen(service, images));
    return failOr(
      unseen.map(service =>
        lowered(
          place(service.at, `${service.name} has no health check`),
          `others have one: ${proofs.flatMap(proof => (proof.kind === 'place' ? `${proof.at.path}:${proof.at.startLine}` : []))[0] ?? ''}`,
        ),
      ),
      pass(proofs),
    );
  },
});
