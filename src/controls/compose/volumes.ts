import {
  keepsData,
  onlyForDevelopment,
  productionServices,
  type ComposeService,
  type ImageWrite,
} from '../../model/index.ts';
import { defineControl, failOr, pass, place } from '../define.ts';

const STATEFUL: readonly ComposeService['role'][] = ['database', 'queue', 'search', 'storage'];

const stateful = (all: readonly ComposeService[]): readonly ComposeService[] =>
  productionServices(all).filter(({ role }) => STATEFUL.includes(role));

/** Where compose files for development are all there is, those of theirs that keep what they hold. */
const keptOnDesks = (only: readonly ComposeService[]): readonly ComposeService[] =>
  only.filter(service => STATEFUL.includes(service.role) && keepsData(service));

/** Database files that reached code writes beside every volume. */
const lost = (writes: readonly ImageWrite[], composed: readonly ComposeService[]): readonly ImageWrite[] =>
  composed.some(service => service.build)
    ? writes.filter(
        write =>
          /\.(db|sqlite3?)$/.test(write.path) &&
          !composed.some(service =>
            service.volumes.some(({ target }) =>
              `${write.folder}/`.startsWith(`${target.replace(/\/+$/, '')}/`),
            ),
          ),
      )
    : [];

export default defineControl({
  id: 'compose/volumes',
  title: 'What holds data keeps it in a volume',
  severity: 'high',
  stage: 'stable',
  asks: 'Asks whether databases, queues and stores in the compose files, and files that the service itself keeps, lie on a volume. Files for development count where no others are there, and where they keep the data.',
  why: 'Without a volume the data is gone with the container, at the next deployment at the latest.',
  remedy: 'Mount a named volume where the data is written.',
  sources: ['CATALOG compose/volumes', 'Docker documentation: Volumes'],
  fix: 'auto',
  drill: 'none',
  needs: [
    'composeService',
    'imageWrite',
    'workload',
    'platformFile',
    'infrastructure',
    'pipelineCommand',
    'pipelineAction',
  ],

  applies: ({ facts }) =>
    stateful(facts.all('composeService')).length > 0 ||
    lost(facts.all('imageWrite'), facts.all('composeService')).length > 0 ||
    keptOnDesks(onlyForDevelopment(facts)).length > 0 ||
    'no compose file for production runs a store',

  judge: ({ facts }) => {
    const stores = stateful(facts.all('composeService'));
    const bare = stores
      .filter(service => !keepsData(service))
      .map(service => place(service.at, `${service.name} keeps its data in the container`));
    const files = lost(facts.all('imageWrite'), facts.all('composeService')).map(write =>
      place(write.at, `${write.path} is written in the container, and no volume holds it`),
    );
    return failOr(
      [...bare, ...files],
      pass([
        ...stores.map(service => place(service.at, `${service.name} has a volume`)),
        ...keptOnDesks(onlyForDevelopment(facts)).map(service =>
          place(service.at, `${service.name} has a volume, in the compose file for development`),
        ),
      ]),
    );
  },
});
