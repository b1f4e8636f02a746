// The same through `require`.
import supportkpi = require('supportkpi');

const computed: Promise<supportkpi.Report> = supportkpi.report({ interactions: [] });
const judged: Promise<supportkpi.Bias> = supportkpi.bias({ interactions: [] }, { dimension: 'language' });
void [computed, judged];
