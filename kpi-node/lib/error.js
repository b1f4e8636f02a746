/** What is wrong with tables or options, and how to mend it. */
export class SupportKpiError extends Error {
  /**
   * @param {string} message
   * @param {string} code
   * @param {import('../index.js').Problem[]} problems
   */
  constructor(message, code, problems = []) {
    super(message);
    this.name = 'SupportKpiError';
    this.code = code;
    this.problems = problems;
  }

  /** Reads an error as the core writes it. */
  static fromJson(text) {
    const { message, code, problems } = JSON.parse(text);
    return new SupportKpiError(message, code, problems);
  }
}
