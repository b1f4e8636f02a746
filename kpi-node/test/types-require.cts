// The same through `require`.
import supportkpi = require('supportkpi');

const computed: Promise<supportkpi.Report> = supportkpi.report({ interactions: [] });
void computed;
