import type { KubernetesObject, Truth } from '../../model/index.ts';
import { defineControl, every, place } from '../define.ts';

const isIngress = ({ about }: KubernetesObject): boolean => about.kind === 'ingress';

/** Load balancers of clouds take their certificate by annotation. */
const CERTIFICATE =
  /certificate-arn|managed-certificates|pre-shared-cert|appgw-ssl-certificate|ssl-cert$|aws-load-balancer-ssl-cert/;
/** The edge in front ends TLS: the ingress is behind a tunnel or another proxy. */
const ELSEWHERE = /tunnel|cloudflare|origin-protocol/;

function isEncrypted({ about, annotations, templated }: KubernetesObject): Truth {
  if (about.kind !== 'ingress') return 'unclear';
  const names = Object.keys(annotations);
  if (about.hasTls || names.some(name => CERTIFICATE.test(name))) return 'yes';
  return templated || names.some(name => ELSEWHERE.test(name)) ? 'unclear' : 'no';
}

export default defineControl({
  id: 'k8s/tls',
  title: 'Each Ingress ends TLS',
  severity: 'medium',
  stage: 'stable',
  asks: 'Asks for a tls section on each Ingress, or for the certificate that a load balancer takes by annotation.',
  why: 'Passwords and session cookies cross the network in the clear.',
  remedy: 'Add spec.tls with the hosts and a secret, and let cert-manager or the cloud keep the certificate.',
  sources: ['CATALOG k8s/tls', 'Kubernetes: Ingress, TLS', 'OWASP ASVS 5.0 V12.2'],
  fix: 'auto',
  drill: 'none',
  needs: ['kubernetesObject'],

  applies: ({ facts }) => facts.all('kubernetesObject').some(isIngress) || 'there is no Ingress',

  judge: ({ facts }) =>
    every(facts.all('kubernetesObject').filter(isIngress), isEncrypted, {
      proof: each => place(each.at, `the Ingress ${each.name} ends TLS`),
      exception: each => place(each.at, `the Ingress ${each.name} takes requests without TLS`),
    }),
});
