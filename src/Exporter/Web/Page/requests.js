// Requests to the exporter. A refusal becomes an error with a sentence.

/** A refusal: its sentence, and where in the filter it is wrong if it says so. */
export class Refusal extends Error {
  constructor(status, problem, text) {
    super(String(problem?.detail ?? problem?.title ?? text).slice(0, 400) || `The exporter answered with status ${status}.`);
    this.status = status;
    this.problem = problem ?? {};
  }
}

/** The answer as JSON. Empty parameters are left out. */
export async function ask(path, parameters, signal) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== "" && value !== undefined && value !== null));
  const limit = AbortSignal.timeout(30_000);
  let answer;
  try {
    answer = await fetch(`${path}?${query}`, { signal: signal ? AbortSignal.any([signal, limit]) : limit, headers: { Accept: "application/json" } });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Refusal(0, null, limit.aborted ? "The exporter did not answer within 30 s. Choose a shorter range." : "The exporter does not answer.");
  }
  if (answer.ok) return answer.json();
  const text = await answer.text();
  let problem = null;
  try {
    problem = JSON.parse(text);
  } catch {
    // Not JSON: a proxy answered in its own words, which become the message.
  }
  throw new Refusal(answer.status, problem, text);
}

/** One request at a time: a newer one aborts the older one, and an aborted request reports nothing. */
export class Latest {
  #running;

  /** Calls work with a signal, then shows its result or its error. */
  async run(work, show, fail) {
    this.stop();
    const mine = this.#running = new AbortController();
    let result;
    try {
      result = await work(mine.signal);
    } catch (error) {
      if (!mine.signal.aborted) fail(error);
      return;
    }
    if (!mine.signal.aborted) await show(result);
  }

  stop() {
    this.#running?.abort();
  }
}
