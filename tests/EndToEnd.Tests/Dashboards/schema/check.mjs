// Checks dashboards against the types that Grafana publishes: node check.mjs FILE...
// Prints one line a finding. The exit code is 1 if there is one.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createGenerator } from "ts-json-schema-generator";
import { Ajv } from "ajv";

const types = dirname(dirname(createRequire(import.meta.url).resolve("@grafana/grafana-foundation-sdk/dashboard")));
const folders = { timeseries: "timeseries", stat: "stat", table: "table", bargauge: "bargauge", heatmap: "heatmap", nodeGraph: "nodegraph" };
/** Panels with drawing options for each field. */
const withFieldOptions = ["timeseries", "table", "bargauge"];
const validators = new Map();

function validator(folder, type) {
  const key = `${folder}.${type}`;
  if (!validators.has(key)) {
    const schema = createGenerator({
      path: join(types, folder, "types.gen.d.ts"), type, expose: "all", functions: "hide", skipTypeCheck: true, additionalProperties: false,
    }).createSchema(type);
    for (const definition of Object.values(schema.definitions)) {
      // The types have the links of a dashboard for those of a field, which dashboardv2 has right.
      if (definition.properties?.noValue && definition.properties.links) definition.properties.links = { type: "array" };
      // Targets are those of the data source, and panels are of one type each: both are checked below, where a finding is about one type.
      if (definition.properties?.targets) definition.properties.targets = { type: "array" };
      if (definition.properties?.panels?.items?.anyOf) definition.properties.panels.items = { type: "object" };
    }
    validators.set(key, new Ajv({ allErrors: true, strict: false }).compile(schema));
  }
  return validators.get(key);
}

let found = 0;
function check(file, where, folder, type, value) {
  const validate = validator(folder, type);
  if (validate(value)) return;
  for (const error of validate.errors) {
    found++;
    console.log(`${file}: ${where}${error.instancePath}: ${error.message} ${JSON.stringify(error.params)}`);
  }
}

for (const file of process.argv.slice(2)) {
  const dashboard = JSON.parse(readFileSync(file, "utf8"));
  check(file, "", "dashboard", "Dashboard", dashboard);
  for (const panel of dashboard.panels) {
    check(file, panel.title, "dashboard", panel.type === "row" ? "RowPanel" : "Panel", panel);
    if (panel.type === "row") continue;
    const folder = folders[panel.type], { defaults, overrides } = panel.fieldConfig;
    check(file, `${panel.title}: options`, folder, "Options", panel.options);
    if (withFieldOptions.includes(folder) && defaults.custom) check(file, `${panel.title}: custom`, folder, "FieldConfig", defaults.custom);
    for (const target of panel.targets) check(file, `${panel.title}: target`, "prometheus", "Dataquery", target);
    const links = [defaults.links, ...overrides.flatMap(override => override.properties.filter(property => property.id === "links").map(property => property.value))];
    for (const link of links.flat().filter(Boolean)) check(file, `${panel.title}: link`, "dashboardv2", "DataLink", link);
  }
}
process.exitCode = found > 0 ? 1 : 0;
