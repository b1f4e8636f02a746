//! What customers write about: a long tail, and two topics that did not exist in January.

/// Which desk a topic belongs to, and so which AI agent meets it first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home {
    /// Invoices, payments, plans.
    Billing,
    /// How to use the product.
    Product,
    /// Integrations, faults, limits.
    Technical,
}

/// One issue label.
#[derive(Debug)]
pub struct Topic {
    /// The label as it stands in the data.
    pub name: &'static str,
    /// How often it comes up once it is established.
    weight: i64,
    /// Who meets it first.
    pub home: Home,
    /// How much easier (or harder) than others it is for AI, in permille.
    pub ease: i64,
    /// The day of the half year on which it starts, and how many days it takes to become common.
    emerges: Option<(i64, i64)>,
}

impl Topic {
    /// How often it comes up on a day.
    pub fn weight_on(&self, day: i64) -> i64 {
        match self.emerges {
            Some((start, ramp)) => self.weight * (day - start + 1).clamp(0, ramp) / ramp,
            None => self.weight,
        }
    }

    /// Whether a contact about it can end in a purchase, a renewal or an upgrade.
    pub fn is_commercial(&self) -> bool {
        matches!(self.name, "plan_change" | "cancel_subscription" | "purchase_order" | "api_limits")
    }
}

/// The label of the incident's contacts.
pub const OUTAGE: &str = "service_outage";

const fn topic(name: &'static str, weight: i64, home: Home, ease: i64) -> Topic {
    Topic { name, weight, home, ease, emerges: None }
}

const fn emerging(name: &'static str, weight: i64, home: Home, ease: i64, start: i64, ramp: i64) -> Topic {
    Topic { name, weight, home, ease, emerges: Some((start, ramp)) }
}

/// Every label, most frequent first within its home.
pub static TOPICS: &[Topic] = &[
    topic("password_reset", 130, Home::Product, 110),
    topic("login_sso", 75, Home::Product, 0),
    topic("report_export", 65, Home::Product, 30),
    topic("user_permissions", 60, Home::Product, 20),
    topic("dashboard_setup", 50, Home::Product, 0),
    topic("data_import", 45, Home::Product, -60),
    topic("notifications", 30, Home::Product, 50),
    topic("mobile_app", 28, Home::Product, -20),
    topic("custom_fields", 22, Home::Product, 0),
    topic("localization", 9, Home::Product, 10),
    topic("audit_log", 9, Home::Product, -30),
    topic("custom_domain", 7, Home::Product, -40),
    topic("sandbox", 7, Home::Product, -10),
    topic("data_retention", 6, Home::Product, -60),
    topic("accessibility", 5, Home::Product, -50),
    topic("invoice_copy", 85, Home::Billing, 90),
    topic("payment_failed", 50, Home::Billing, -10),
    topic("plan_change", 40, Home::Billing, -20),
    topic("refund_request", 38, Home::Billing, -90),
    topic("cancel_subscription", 24, Home::Billing, -60),
    topic("duplicate_charge", 22, Home::Billing, -70),
    topic("vat_id", 16, Home::Billing, 20),
    topic("purchase_order", 14, Home::Billing, -30),
    topic("bug_report", 40, Home::Technical, -110),
    topic("crm_integration", 38, Home::Technical, -40),
    topic("api_limits", 34, Home::Technical, 20),
    topic("webhook_errors", 32, Home::Technical, -50),
    topic("feature_request", 30, Home::Technical, 40),
    topic("performance", 22, Home::Technical, -60),
    topic("gdpr_request", 8, Home::Technical, -80),
    topic(OUTAGE, 6, Home::Technical, -120),
    // 14 April, the day the assistant was launched.
    emerging("ai_assistant_setup", 75, Home::Product, -100, 103, 18),
    // From 4 May on, slowly: a new invoice format that customers' own customers ask for.
    emerging("einvoice_format", 48, Home::Billing, -80, 123, 35),
];
