import { ask, productionWorkloads, workloadName, type Truth, type Workload } from '../../model/index.ts';
import { defineControl, every, place } from '../define.ts';

const isNamed = ({ image }: Workload): Truth =>
  image.digest === '' ? ask(image.tag, tag => tag !== '' && tag !== 'latest') : 'yes';

export default defineControl({
  id: 'k8s/image-tag',
  title: 'Each container names the version of its image',
  severity: 'medium',
  stage: 'stable',
  asks: 'Asks for a tag other than latest, or a digest, on the image of each container.',
  why: 'With latest nobody knows what runs, two replicas may run different code, and there is nothing to roll back to.',
  remedy: 'Let the pipeline put in the version or the digest that it has built.',
  sources: ['CATALOG k8s/image-tag', 'Kubernetes: Configuration Best Practices'],
  fix: 'auto',
  drill: 'none',
  needs: ['workload'],

  applies: ({ facts }) =>
    productionWorkloads(facts.all('workload')).length > 0 ||
    'no Kubernetes manifest for production runs anything',

  judge: ({ facts }) =>
    every(productionWorkloads(facts.all('workload')), isNamed, {
      proof: each => place(each.image.at, `${workloadName(each)} runs ${each.image.text}`),
      exception: each =>
        place(each.image.at, `${workloadName(each)} runs ${each.image.text}, which names no version`),
    }),
});
