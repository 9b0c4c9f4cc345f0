import { known, type Image } from '../../model/index.ts';
import { defineControl, failOr, followed, passEvery, place } from '../define.ts';

const finals = (images: readonly Image[]): readonly Image[] => images.filter(({ isFinal }) => isFinal);

const isOrdinary = (image: Image): boolean => !/^(root|0)(:|$)/.test(known(image.user.value) ?? 'root');

export default defineControl({
  id: 'container/runs-as-user',
  title: 'The user of the image can read and write what the service needs',
  severity: 'critical',
  stage: 'stable',
  asks: 'Asks whether an image that does not run as root finds its packages and may write where the service writes: nothing under /root, no folder that belongs to root.',
  why: 'The container builds, starts, and ends at once: it cannot import its packages or open its log.',
  remedy:
    'Install into a place that everybody can read, such as a virtual environment in /opt, and give the folders that are written to the user with COPY --chown or chown.',
  sources: ['CATALOG container/runs-as-user', 'Docker documentation: USER'],
  fix: 'auto',
  drill: 'none',
  needs: ['image', 'imageWrite'],

  applies: ({ facts }) =>
    facts.all('image').some(image => isOrdinary(image)) || 'no image runs as an ordinary user',

  judge: ({ facts }) => {
    const ordinary = finals(facts.all('image')).filter(isOrdinary);
    const packages = ordinary.flatMap(image =>
      image.installs
        .filter(each => each.into.startsWith('/root') && each.present !== 'no')
        .map(each =>
          place(
            each.at,
            `packages are installed under ${each.into}, which the user of the image cannot read`,
          ),
        ),
    );
    const copied = ordinary.flatMap(image =>
      image.copies
        .filter(copy => copy.destination.startsWith('/root/'))
        .map(copy =>
          place(copy.at, `${copy.destination} belongs to root, and the user of the image cannot read it`),
        ),
    );
    const writes = facts
      .all('imageWrite')
      .filter(write => write.allowed === 'no')
      .map(write =>
        followed(
          place(write.imageAt, `${write.folder} belongs to root, and the service writes ${write.path} there`),
          write.way,
        ),
      );
    return failOr(
      [...(copied.length > 0 ? copied : packages), ...writes],
      passEvery(ordinary.map(image => place(image.user.at, 'what is needed can be read and written'))),
    );
  },
});
