const STRUCTURED =
  /(^|\.)(pythonjsonlogger\.|json_log_formatter\.|ecs_logging\.|logstash(_\w+)?\.|logfmter\.|logfmt\.|stackdriver|google\.cloud\.logging|structlog\.processors\.(JSONRenderer|LogfmtRenderer)|structlog\.stdlib\.ProcessorFormatter|uvicorn_json|json_logging\.)|json_?(log_?)?formatter$|JSONRenderer|jsonlog|logfmt/i;

/** Formatters and renderers that write fields, by their names; those of structlog are judged by their renderer. */
export const isStructuredName = (name: string): boolean =>
  STRUCTURED.test(name) && !/ProcessorFormatter/.test(name);

/** A format that is written as JSON by hand: `{"time": "%(asctime)s", …}`, or as logfmt. */
export const isStructuredText = (text: string): boolean =>
  /^\s*\{\s*["']\w+["']\s*:/.test(text) ||
  (text.match(/\b\w+=(%\(\w+\)s|\{\w+\}|"%\(\w+\)s")/g)?.length ?? 0) >= 3;
