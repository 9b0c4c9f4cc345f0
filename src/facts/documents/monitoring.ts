import type { Location, MonitoringFile, Repository, SourceFile } from '../../model/index.ts';
import { lineOf } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { readJson } from '../../read/documents/json.ts';
import { below, entriesOf, itemsOf, textOf, type Tree } from '../../read/documents/tree.ts';
import { readYaml } from '../../read/documents/yaml.ts';
import { defineDocumentExtractor } from '../define.ts';

type Found = Pick<MonitoringFile, 'at' | 'tool' | 'name' | 'what'>;

const named = (tree: Tree, ...keys: readonly string[]): string =>
  keys.map(key => textOf(below(tree, key))).find(text => text !== undefined) ?? '';

/** `groups: [{rules: [{alert: …, expr: …}]}]`, in a file of Prometheus or under `spec` of a PrometheusRule. */
function* prometheusRules(document: Tree): Generator<Found> {
  for (const root of [document, below(document, 'spec')])
    for (const group of itemsOf(below(root, 'groups')))
      for (const rule of itemsOf(below(group, 'rules'))) {
        const name = textOf(below(rule, 'alert'));
        if (name !== undefined && below(rule, 'expr'))
          yield { at: rule.at, what: 'alert', tool: 'Prometheus', name };
        // Grafana's own provisioning has a title and queries instead.
        else if (below(rule, 'title') && below(rule, 'data'))
          yield { at: rule.at, what: 'alert', tool: 'Grafana', name: named(rule, 'title') };
      }
}

const isConfigMap = (document: Tree): boolean => textOf(below(document, 'kind')) === 'ConfigMap';

/** Rules and dashboards that a ConfigMap carries as text are named by their keys. */
function* inConfigMap(document: Tree): Generator<Found> {
  for (const { key, value, keyAt } of entriesOf(below(document, 'data'))) {
    const text = textOf(value) ?? '';
    if (/^\s*-?\s*alert:/m.test(text) && /^\s*expr:/m.test(text))
      yield { at: keyAt, what: 'alert', tool: 'Prometheus', name: key };
    if (/\.json$/.test(key) && /"panels"\s*:/.test(text))
      yield { at: keyAt, what: 'dashboard', tool: 'Grafana', name: key };
  }
}

const CLOUD: readonly (readonly [RegExp, MonitoringFile['what'], string])[] = [
  [/^AWS::CloudWatch::(Alarm|CompositeAlarm)$/, 'alert', 'CloudWatch'],
  [/^AWS::CloudWatch::Dashboard$/, 'dashboard', 'CloudWatch'],
];

function* cloudFormation(document: Tree): Generator<Found> {
  for (const { key, value, keyAt } of entriesOf(below(document, 'Resources'))) {
    const type = textOf(below(value, 'Type')) ?? '';
    const found = CLOUD.find(([pattern]) => pattern.test(type));
    if (found) yield { at: keyAt, what: found[1], tool: found[2], name: key };
  }
}

/** Resources of Terraform, by the beginning of their type. */
const TERRAFORM: readonly (readonly [RegExp, MonitoringFile['what'], string])[] = [
  [/^aws_cloudwatch_(metric|composite)_alarm$/, 'alert', 'CloudWatch'],
  [/^aws_cloudwatch_dashboard$/, 'dashboard', 'CloudWatch'],
  [/^google_monitoring_alert_policy$/, 'alert', 'Cloud Monitoring'],
  [/^google_monitoring_dashboard$/, 'dashboard', 'Cloud Monitoring'],
  [/^azurerm_monitor_(metric_alert|scheduled_query_rules_alert\w*|activity_log_alert)$/, 'alert', 'Azure Monitor'],
  [/^azurerm_(portal_)?dashboard$/, 'dashboard', 'Azure'],
  [/^datadog_monitor(_json)?$/, 'alert', 'Datadog'],
  [/^datadog_dashboard(_json)?$/, 'dashboard', 'Datadog'],
  [/^grafana_(rule_group|alert_rule)$/, 'alert', 'Grafana'],
  [/^grafana_dashboard$/, 'dashboard', 'Grafana'],
  [/^newrelic_(nrql_alert_condition|alert_condition)$/, 'alert', 'New Relic'],
  [/^newrelic_one_dashboard(_json)?$/, 'dashboard', 'New Relic'],
  [/^(pingdom_check|betteruptime_monitor|betterstack_monitor|uptimerobot_monitor|checkly_check)$/, 'alert', 'uptime monitor'],
]; // prettier-ignore

function* inTerraform({ path, text }: SourceFile): Generator<Found> {
  for (const [index, line] of text.split('\n').entries()) {
    const [, type = '', name = ''] = /^\s*resource\s+"(\w+)"\s+"([\w-]+)"/.exec(line) ?? [];
    const found = TERRAFORM.find(([pattern]) => pattern.test(type));
    if (found) yield { at: lineOf(path, index + 1), what: found[1], tool: found[2], name };
  }
}

/** A dashboard has panels; an export wraps it in `dashboard`. Grafana's older alerts stand inside of panels. */
function* inJson(document: Tree, at: Location): Generator<Found> {
  yield* cloudFormation(document);
  for (const root of [document, below(document, 'dashboard')]) {
    const panels = itemsOf(below(root, 'panels'));
    if (panels.length === 0 || !below(root, 'title')) continue;
    yield { at, what: 'dashboard', tool: 'Grafana', name: root ? named(root, 'title') : '' };
    for (const panel of panels)
      if (below(panel, 'alert', 'conditions'))
        yield { at: panel.at, what: 'alert', tool: 'Grafana', name: named(panel, 'title') };
  }
}

const YAML =
  /^\s*-?\s*alert:|^\s*-?\s*expr:|AWS::CloudWatch::|"panels"\s*:|kind:\s*GrafanaDashboard|^\s*rules:/m;

function* inYaml(file: SourceFile): Generator<Found> {
  if (!YAML.test(file.text)) return;
  for (const document of contentOf(readYaml(file))?.documents ?? []) {
    yield* prometheusRules(document);
    yield* cloudFormation(document);
    if (isConfigMap(document)) yield* inConfigMap(document);
    if (textOf(below(document, 'kind')) === 'GrafanaDashboard')
      yield { at: document.at, what: 'dashboard', tool: 'Grafana', name: named(document, 'metadata') };
  }
}

function* inFile(file: SourceFile): Generator<Found> {
  if (/\.ya?ml$/.test(file.path)) yield* inYaml(file);
  else if (file.path.endsWith('.tf')) yield* inTerraform(file);
  else if (file.path.endsWith('.json') && /"panels"\s*:|AWS::CloudWatch::/.test(file.text)) {
    const document = contentOf(readJson(file));
    if (document) yield* inJson(document, lineOf(file.path, 1));
  }
}

/** Alert rules and dashboards as code: Prometheus, Grafana, CloudFormation, Terraform. */
export default defineDocumentExtractor({
  id: 'documents/monitoring',
  produces: ['monitoringFile'],
  *extract(repository: Repository): Generator<MonitoringFile> {
    for (const file of repository.files)
      if (file.role === 'production' || file.role === 'script')
        for (const found of inFile(file)) yield { kind: 'monitoringFile', ...found };
  },
});
