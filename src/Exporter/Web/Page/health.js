// The figures at the top, the agents, and what is unknown or lost.

import { byId, setText } from "./dom.js";
import * as format from "./format.js";
import { Rows } from "./rows.js";

/** Seconds. Even an idle Open vSwitch sends counters every 30 s. */
const longestPause = 40;

export const states = {
  ok: { tone: "good", means: "flow samples and counter samples arrive" },
  awaited: { tone: "dim", means: "the node or this exporter is younger than 90 s; nothing has arrived yet" },
  never_seen: { tone: "bad", means: "nothing has ever arrived from this node of the cluster" },
  silent: { tone: "bad", means: "nothing has arrived for 90 s" },
  restarted: { tone: "warn", means: "its sequence number started again within the last 10 min" },
  counters_only: { tone: "bad", means: "counter samples arrive, but no flow sample for 5 min" },
  flows_only: { tone: "warn", means: "flow samples arrive, but no counter sample for 150 s" },
  unknown_sender: { tone: "warn", means: "it sends, but no node of the cluster has its address" },
  gone: { tone: "dim", means: "silent; it belongs to no node, or its node now uses another address" },
};

function calibration({ calibration: sums }) {
  if (!sums || (sums.ratio === null && sums.samples === 0)) return "";
  if (sums.ratio === null) return "too few";
  return sums.error < 0.0005 ? sums.ratio.toFixed(3) : `${sums.ratio.toFixed(2)} ± ${sums.error.toFixed(2)}`;
}

/** Beyond the confidence interval, and beyond the inaccuracy at the edges of the windows. */
const isOff = sums => Boolean(sums) && sums.ratio !== null && Math.abs(sums.ratio - 1) > Math.max(sums.error, 0.05);

const calibrationTitle = ({ calibration: sums }) =>
  (sums?.samples ? `estimated bytes divided by bytes of the interface counters, from ${format.whole(sums.samples)} samples of the last 10 to 20 min; 1 is exact` : "");

const agents = new Rows(
  byId("agents"),
  [
    { header: true, text: row => row.observerNode, tone: row => (row.observerNode.startsWith("@") ? "special" : "") },
    { className: "mono nowrap", text: row => (row.agent ? row.agent + (row.subAgent ? `/${row.subAgent}` : "") : "") },
    {
      className: "nowrap",
      text: row => (row.conflicts ? "two senders" : row.state === "silent" ? `silent ${format.duration(row.secondsSinceLastSeen)}` : row.state.replaceAll("_", " ")),
      tone: row => (row.conflicts ? "bad" : states[row.state]?.tone ?? "warn"),
      title: row => (row.conflicts ? `${format.whole(row.conflicts)} datagrams while another sender used this agent address` : states[row.state]?.means ?? ""),
    },
    {
      className: "number", text: row => (row.agent ? format.share(row.lossShare) : ""), tone: row => (row.lossShare > 0.01 ? "bad" : row.lost ? "warn" : ""),
      title: row => (row.agent ? `${format.whole(row.lost)} lost, ${format.whole(row.datagrams)} accepted: ${format.whole(row.flowSamples)} flow samples, ${format.whole(row.counterSamples)} counter samples; ${format.whole(row.duplicates)} duplicates, ${format.whole(row.reordered)} reordered, ${format.whole(row.restarts)} restarts` : ""),
    },
    { className: "number nowrap", text: calibration, tone: row => (isOff(row.calibration) ? "warn" : ""), title: calibrationTitle },
    { className: "number", text: row => (row.samplingRate ? format.whole(row.samplingRate) : row.agent ? "?" : "") },
  ],
  row => (row.agent ? `${row.agent}/${row.subAgent}` : row.observerNode));

const unknown = new Rows(
  byId("unknown"),
  [
    { header: true, text: row => row.what, title: row => row.title ?? "" },
    { className: "number", text: row => row.figure, tone: row => row.tone ?? "" },
  ],
  row => row.what);

/** Time since the last datagram of any agent, if longer than the longest normal pause; otherwise null. */
export function silence({ agents: known }) {
  const seconds = known?.secondsSinceLastSeen ?? null;
  return seconds !== null && seconds > longestPause ? format.duration(seconds) : null;
}

export function show(overview) {
  document.body.classList.toggle("silent", silence(overview) !== null);
  showFigures(overview);
  if (overview.history) drawSpark(overview.history);
  document.body.classList.toggle("restricted", !overview.viewer.all);
  if (overview.viewer.all) showExporter(overview);
  else setText(byId("estimates"), "");
}

/** Agents, losses and series: for viewers of everything. */
function showExporter(overview) {
  agents.update(overview.agents.rows);
  const all = Object.values(overview.agents.states).reduce((sum, count) => sum + count, 0), left = all - overview.agents.rows.length;
  setText(byId("agents-note"), left ? `problems first; ${format.whole(left)} more not listed` : all ? "problems first" : "none yet");
  unknown.update(unknownRows(overview));
  showExporterFigures(overview);
  setText(byId("estimates"), note(overview));
  showNothing(overview);
}

function showFigures(overview) {
  const { total } = overview;
  setText(byId("now-bytes"), format.bytesPerSecond(total.last10.bytesPerSecond));
  setText(byId("now-error"), format.error(total.last10));
  byId("now-error").title = format.samples(total.last10);
  setText(byId("now-packets"), silence(overview) ? `no datagram for ${silence(overview)}` : format.packets(total.last10.packetsPerSecond) + "/s");
  setText(byId("sum-bytes"), format.bytes(total.bytes));
  setText(byId("sum-packets"), format.packets(total.packets));
  setText(byId("sum-error"), format.error(total));
  byId("sum-error").title = format.samples(total);
  setText(byId("build"), `${overview.version} · up ${format.duration(overview.uptimeSeconds)}`);
  byId("build").title = `revision ${overview.revision}`;
}

function showExporterFigures({ agents: known, unknown: gaps }) {
  const exporting = known.count - known.states.silent - known.states.gone - known.states.unknown_sender;
  setText(byId("agents-count"), format.whole(exporting) + (known.expected ? ` of ${format.whole(known.expected)}` : ""));
  setText(byId("agents-silent"), agentsInTrouble(known));
  const lost = known.lost + gaps.kernelDrops;
  const sent = known.datagrams + lost;
  setText(byId("loss-share"), sent ? format.share(lost / sent) : "–");
  setText(byId("loss-count"), sent ? `${format.whole(lost)} of ${format.whole(sent)}` : "none received yet");
  setText(byId("series-count"), format.whole(gaps.remainder.series));
  setText(byId("series-rest"), `of at most ${format.whole(gaps.remainder.seriesLimit)}`);
}

function agentsInTrouble({ count, states: counts }) {
  const troubles = Object.entries(counts).filter(([state, value]) => value && ["bad", "warn"].includes(states[state]?.tone));
  if (troubles.length) return troubles.map(([state, value]) => `${format.whole(value)} ${state.replaceAll("_", " ")}`).join(", ");
  return counts.awaited ? `${format.whole(counts.awaited)} awaited` : count ? "all exporting" : "none yet";
}

function note({ sampling, total, unknown: gaps }) {
  if (gaps.received > 0 && total.samples === 0) return "Datagrams arrive, but no packet has been counted yet. The panel Unknown, not counted, lost shows why.";
  if (!sampling) return "";
  if (sampling.maximum === 1) return "Every packet is sampled, so bytes and packets are exact counts. Each packet counts once.";
  const one = rate => `1 in ${format.whole(rate)}`;
  const rates = sampling.minimum === sampling.maximum ? one(sampling.minimum) : `${one(sampling.minimum)} to ${one(sampling.maximum)}`;
  return `All bytes and packets are estimates from samples of ${rates} packets. Traffic between hosts and replies from outside are not sampled.`;
}

function unknownRows({ unknown: gaps, agents: known }) {
  const rows = [];
  const add = (what, value, figure, title, tone = "warn") => {
    if (value > 0) rows.push({ what, figure, title, tone });
  };
  const count = (what, value, title, tone) => add(what, value, format.whole(value), title, tone);
  const words = text => text.replaceAll("_", " ");

  count("Datagrams lost on the way", known.lost, "gaps in the sequence numbers of agents", "bad");
  count("Datagrams lost in the kernel", gaps.kernelDrops, "the socket receive buffer was full", "bad");
  for (const [status, value] of Object.entries(gaps.datagrams)) if (status !== "ok") count(`Datagrams: ${words(status)}`, value);
  for (const [reason, value] of Object.entries(gaps.faults)) if (reason !== "none") count(`Samples not counted: ${words(reason)}`, value);
  add("Traffic of an unknown pod address", gaps.endpoints.bytes, `${format.bytes(gaps.endpoints.bytes)} · ${format.share(gaps.endpoints.share)}`, "source or destination is a pod address without a pod");
  add("Traffic without a series of its own", gaps.remainder.bytes, `${format.bytes(gaps.remainder.bytes)} · ${format.share(gaps.remainder.share)}`, "part of __other__, because the series limit is reached");
  const guessed = (gaps.serverReasons.iana_port ?? 0) + (gaps.serverReasons.lower_port ?? 0);
  count("Samples with the server by port number only", guessed, "neither Kubernetes nor a handshake showed the server, so port numbers decided", "dim");
  count("Second samples of one packet", gaps.observations.destination ?? 0, "sampled again at the node of the destination; not counted twice", "dim");
  count("Samples of our own sFlow", gaps.observations.own ?? 0, "not part of the traffic", "dim");
  count("Packets that OVN sent again", gaps.observations.packet_out ?? 0, "OVN held them until the next hop answered; counted when their pods sent them", "dim");
  for (const skipped of gaps.skipped) count(`Skipped: ${words(skipped.kind)} ${skipped.structure}`, skipped.count, "a structure that the exporter does not support", "dim");
  for (const sink of gaps.sinks) {
    if (sink.down) rows.push({ what: `Sink down: ${sink.sink}`, figure: sink.down, title: `The last request failed; records are queued. ${sink.down}`, tone: "bad message" });
    for (const [reason, value] of Object.entries(sink.lost)) count(`Records lost, ${sink.sink}: ${words(reason)}`, value, undefined, "bad");
    count(`Records queued, ${sink.sink}`, sink.waiting, undefined, "dim");
  }
  if (!rows.length) rows.push({ what: gaps.received ? "Nothing lost, nothing unknown" : "Nothing yet", figure: "" });
  return rows;
}

function drawSpark(rates) {
  const spark = byId("spark");
  const top = Math.max(1, ...rates), step = 300 / Math.max(1, rates.length - 1);
  const points = rates.map((rate, index) => `${(index * step).toFixed(1)},${(38 - 36 * rate / top).toFixed(1)}`);
  if (!spark.childElementCount) {
    for (const shape of ["polygon", "polyline"]) spark.append(document.createElementNS("http://www.w3.org/2000/svg", shape));
  }
  spark.children[0].setAttribute("points", points.length > 1 ? ["0,40", ...points, "300,40"].join(" ") : "");
  spark.children[1].setAttribute("points", points.length > 1 ? points.join(" ") : "");
}

function showNothing({ unknown: gaps, receivePort }) {
  byId("nothing").hidden = gaps.received > 0;
  if (gaps.received > 0) return;
  setText(byId("port"), String(receivePort));
  const collectors = { spec: { exportNetworkFlows: { sFlow: { collectors: [`ADDRESS:${receivePort}`] } } } };
  setText(byId("patch"), `oc patch network.operator cluster --type merge -p '${JSON.stringify(collectors)}'`);
}
