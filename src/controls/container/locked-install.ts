import { type Image } from '../../model/index.ts';
import { defineControl, failOr, pass, place } from '../define.ts';

const finals = (images: readonly Image[]): readonly Image[] => images.filter(({ isFinal }) => isFinal);

export default defineControl({
  id: 'container/locked-install',
  title: 'The image installs exact versions',
  severity: 'medium',
  stage: 'stable',
  asks: 'Asks whether the image installs from a lock file or from pinned requirements, and nothing by name alone.',
  why: 'Two builds of the same commit are two different services, and the difference shows in production.',
  remedy: 'Pin every version, or install from the lock file with the command that refuses to change it.',
  sources: ['CATALOG container/locked-install', '12-factor II'],
  fix: 'auto',
  drill: 'none',
  needs: ['image', 'package', 'manifest'],

  applies: ({ facts }) =>
    facts.all('image').some(image => image.installs.some(each => each.tool !== 'system')) ||
    'no image installs packages',

  judge: ({ facts }) => {
    const installs = finals(facts.all('image')).flatMap(image =>
      image.installs.filter(each => each.tool !== 'system'),
    );
    const findings = installs.flatMap(install => {
      if (install.locked) return [];
      const named = install.what.flatMap(thing =>
        thing.kind === 'package' &&
        !/==/.test(thing.specifier) &&
        !/^(pip|setuptools|wheel|uv|poetry|pipenv)$/.test(thing.name)
          ? [thing.name]
          : [],
      );
      const loose = install.what.flatMap(thing => {
        if (thing.kind !== 'manifest') return [];
        const manifest = facts.all('manifest').find(each => each.path === thing.path);
        if (!manifest || manifest.lockFile !== '') return [];
        const paths = new Set([manifest.path, ...manifest.includes]);
        const open = facts
          .all('package')
          .filter(each => paths.has(each.manifest) && !each.pinned && each.group === 'production');
        return open.length > 0
          ? [
              `${thing.path} leaves the version of ${open
                .slice(0, 4)
                .map(each => each.name)
                .join(', ')}${open.length > 4 ? ' and others' : ''} open`,
            ]
          : [];
      });
      return [...(named.length > 0 ? [`installs ${named.join(', ')} by name`] : []), ...loose].map(text =>
        place(install.at, text),
      );
    });
    return failOr(findings, pass(installs.map(install => place(install.at, 'installs exact versions'))));
  },
});
