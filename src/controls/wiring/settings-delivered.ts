import { defineControl, failOr, followed, pass, place, unknown } from '../define.ts';

export default defineControl({
  id: 'wiring/settings-delivered',
  title: 'Every deploy description delivers the settings that the service needs',
  severity: 'high',
  stage: 'stable',
  asks: 'Compares the settings without which the service does not start, or is not safe, with what each compose file and manifest hands over.',
  why: 'The service does not start there, or it starts with a key that everybody knows.',
  remedy: 'Hand the setting over in each deploy description, from a secret.',
  sources: ['CATALOG wiring/settings-delivered', '12-factor III'],
  fix: 'auto',
  drill: 'boot',
  needs: ['settingDelivery'],

  applies: ({ facts }) =>
    facts.has('settingDelivery') || 'it needs no setting, or no deploy description is there',

  judge: ({ facts }) => {
    const all = facts.all('settingDelivery');
    const missing = all.filter(each => each.delivered === 'no');
    const open = all.find(each => each.delivered === 'unclear');
    const findings = missing.map(each =>
      followed(
        place(
          each.at,
          `${each.name} is not handed over in ${each.description}${each.needed === 'to start' ? ', and without it the service does not start' : ', and its default is not safe'}`,
        ),
        [{ at: each.readAt, says: `reads ${each.name}` }],
      ),
    );
    if (findings.length === 0 && open)
      return unknown(`${open.description} takes ${open.name} from a file that is not in the repository`);
    return failOr(
      findings,
      pass(
        all.filter(each => each.delivered === 'yes').map(each => place(each.at, `hands over ${each.name}`)),
      ),
    );
  },
});
