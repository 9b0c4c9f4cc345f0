import { defineControl, failOr, followed, lowered, pass, place } from '../define.ts';

export default defineControl({
  id: 'wiring/dependency-address',
  title: 'The service looks for its dependencies where the description offers them',
  severity: 'high',
  stage: 'stable',
  asks: 'Compares the addresses in the environment of the service, and the scheme that clients of search engines speak, with the services of the same compose project: name, port and scheme. A file for development counts where it is the only description, one step lower.',
  why: 'The service starts and cannot reach its database.',
  remedy: 'Use the name of the service and the port inside of its container, and the scheme that it offers.',
  sources: ['CATALOG wiring/dependency-address', 'Docker documentation: Networking in Compose'],
  fix: 'auto',
  drill: 'boot',
  needs: ['dependencyAddress'],

  applies: ({ facts }) =>
    facts.has('dependencyAddress') || 'no deploy description starts a dependency whose address it states',

  judge: ({ facts }) => {
    const all = facts.all('dependencyAddress');
    return failOr(
      all
        .filter(each => each.agrees === 'no')
        .map(each => {
          const finding = followed(place(each.at, each.says), each.way);
          return each.forDevelopment ? lowered(finding, 'the compose file is for development') : finding;
        }),
      pass(
        all.map(each =>
          place(
            each.at,
            each.forDevelopment ? `${each.says}, in the compose file for development` : each.says,
          ),
        ),
      ),
    );
  },
});
