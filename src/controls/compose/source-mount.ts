import { productionServices, type ComposeService } from '../../model/index.ts';
import { defineControl, failOr, passEvery, place } from '../define.ts';

/** What is built here and runs in production. */
const own = (all: readonly ComposeService[]): readonly ComposeService[] =>
  productionServices(all).filter(({ build, role }) => build !== undefined || role === 'app');

/** Folders that hold data or settings, not code. */
const isData = (source: string): boolean =>
  /(^|\/)(data|uploads|media|logs?|certs?|ssl|config|conf|nginx|initdb|backups?|volumes?)$/.test(source);

export default defineControl({
  id: 'compose/source-mount',
  title: 'Production does not mount the source tree',
  severity: 'medium',
  stage: 'stable',
  asks: 'Looks for bind mounts of source folders in the compose files as production merges them.',
  why: 'What runs then is whatever lies on the host, not what was built and tested.',
  remedy:
    'Take the mount out of the production file; an override cannot remove it, so move it into the development one.',
  sources: ['CATALOG compose/source-mount', 'Docker documentation: Use Compose in production'],
  fix: 'auto',
  drill: 'none',
  needs: ['composeService'],

  applies: ({ facts }) =>
    own(facts.all('composeService')).length > 0 || 'no compose file for production builds it',

  judge: ({ facts }) => {
    const services = own(facts.all('composeService'));
    const findings = services.flatMap(service =>
      service.volumes
        .filter(
          mount =>
            mount.type === 'bind' &&
            mount.inRepository === 'yes' &&
            !/\.(conf|ya?ml|json|ini|toml|env|sql|sh|crt|pem)$/.test(mount.source) &&
            !isData(mount.source),
        )
        .map(mount =>
          place(mount.at, `${service.name} mounts ${mount.source || 'the repository'} over ${mount.target}`),
        ),
    );
    return failOr(
      findings,
      passEvery(services.map(service => place(service.at, `${service.name} runs what its image holds`))),
    );
  },
});
