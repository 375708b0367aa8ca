// The fields of a record with their meaning, as the exporter describes them, and the columns of the table of records.

import { ask } from "./requests.js";

let known;

/** All fields by name: {name, meaning, unit}. Read once. */
export function fields() {
  known ??= ask("/api/fields", {}).then(({ fields: list }) => new Map(list.map(field => [field.name, field])));
  known.catch(() => (known = undefined));
  return known;
}

/** Columns that combine several fields. Other columns are fields by their name. */
export const combined = new Map([
  ["time", "Time"], ["source", "Source"], ["destination", "Destination"], ["protocol", "Protocol"], ["bytes", "Bytes"], ["service", "Service"], ["observation", "Observation point"],
]);

export const defaultColumns = [...combined.keys()];

/** Terms of the filter for fields whose value can be filtered. */
export const termKeys = new Map(Object.entries({
  "source.ip": "from_address", "destination.ip": "to_address", "source.port": "from_port", "destination.port": "to_port", "network.transport": "protocol",
  "sflow.server_service": "service", "sflow.source_namespace": "from_namespace", "sflow.destination_namespace": "to_namespace",
  "source.kubernetes.node.name": "from_node", "destination.kubernetes.node.name": "to_node", "source.kubernetes.zone": "from_zone", "destination.kubernetes.zone": "to_zone",
  "sflow.counted": "counted", "sflow.locality": "locality",
}));

export const isAbsent = value => value === undefined || value === null;
export const isCounted = record => record["sflow.counted"] === true || record["sflow.counted"] === "true";

/** Address and port of one side of a record, as a URL writes them. */
export function addressOf(record, side) {
  const ip = record[`${side}.ip`], port = record[`${side}.port`];
  return isAbsent(ip) ? "" : isAbsent(port) ? String(ip) : `${String(ip).includes(":") ? `[${ip}]` : ip}:${port}`;
}
