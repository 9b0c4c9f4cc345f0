import type { Finding, OpenStore } from '../../model/index.ts';
import { defineControl, failOr, followed, lowered, passEvery, place, unknown } from '../define.ts';

const isOpen = ({ authenticated, exposed }: OpenStore): boolean => authenticated === 'no' && exposed !== 'no';

const findingOf = ({ at, name, software, because, exposed, exposedBy, way }: OpenStore): Finding => {
  const finding = followed(
    place(at, `${name} (${software}) lets everybody in: ${because}, and ${exposedBy}`),
    way.slice(1),
  );
  return exposed === 'yes' ? finding : lowered(finding, 'only what runs in the cluster reaches it');
};

const proof = ({ authenticated, because, name }: OpenStore): string =>
  authenticated === 'no' ? `${name} is reached from inside only (${because})` : `${name}: ${because}`;

export default defineControl({
  id: 'data/authentication',
  title: 'No database, cache or search engine lets everybody in',
  severity: 'critical',
  stage: 'stable',
  asks: 'Looks at the stores that production descriptions run: whether they ask for a password, and whether more than the containers beside them reaches their port.',
  why: 'Open stores are found within hours of going online, and what is in them is copied, deleted and held to ransom.',
  remedy: 'Give the store a password from a secret, switch its security on, and do not publish its port.',
  sources: [
    'CATALOG data/authentication',
    'Redis documentation: Security',
    'OpenSearch documentation: Disabling security',
  ],
  fix: 'scaffold',
  drill: 'none',
  needs: ['openStore'],

  applies: ({ facts }) => facts.all('openStore').length > 0 || 'no description of production runs a store',

  judge: ({ facts }) => {
    const stores = facts.all('openStore');
    const findings = stores.filter(isOpen).map(findingOf);
    const unsure = stores.find(
      ({ authenticated, exposed }) => authenticated === 'unclear' && exposed !== 'no',
    );
    if (findings.length === 0 && unsure) return unknown(`${unsure.name}: ${unsure.because}`);
    return failOr(findings, passEvery(stores.map(store => place(store.at, proof(store)))));
  },
});
