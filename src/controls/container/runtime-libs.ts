import { defineControl, every, place, unknown } from '../define.ts';

export default defineControl({
  id: 'container/runtime-libs',
  title: 'The image holds the system libraries and programs that the code needs',
  severity: 'high',
  stage: 'stable',
  asks: 'Asks whether drivers and programs that the code names (an ODBC driver, ffmpeg, a browser …) are installed in the stage that runs.',
  why: 'The service starts, and fails at the first request that needs them.',
  remedy: 'Install the library or program in the final stage.',
  sources: ['CATALOG container/runtime-libs'],
  fix: 'scaffold',
  drill: 'boot',
  needs: ['nativeNeed', 'image'],

  applies: ({ facts }) =>
    facts.all('nativeNeed').some(need => need.reached !== 'no') ||
    'the code needs no native driver or program that is known',

  judge: ({ facts }) => {
    const needs = facts.all('nativeNeed').filter(need => need.reached !== 'no');
    if (!facts.has('image')) return unknown('there is no image to look into');
    return every(needs, need => (need.met === 'no' && need.reached !== 'yes' ? 'unclear' : need.met), {
      proof: need => place(need.at, `${need.needs} is installed`),
      exception: need =>
        place(
          need.at,
          `${need.by === need.needs ? `calls ${need.by}` : `${need.by} needs ${need.needs}`}, which the image does not install`,
        ),
    });
  },
});
