//! The companies, and the people in them who write.

use crate::dice::Dice;

/// How many companies there are.
const COMPANIES: u64 = 600;

/// A customer company.
#[derive(Debug)]
pub struct Company {
    /// Its id in the data.
    pub id: String,
    /// Its size.
    pub segment: &'static str,
    /// Recurring revenue at the start of the half year, in whole dollars.
    pub revenue: i64,
}

/// Somebody who writes to the desk.
#[derive(Debug)]
pub struct Customer {
    /// Their id in the data.
    pub id: String,
    /// The place of their company in the book.
    pub company: usize,
    /// The language they write in.
    pub language: &'static str,
}

/// Everyone the desk knows.
#[derive(Debug)]
pub struct Book {
    /// The companies.
    pub companies: Vec<Company>,
    /// The people.
    pub customers: Vec<Customer>,
    /// How much they write, added up from the first to each.
    reach: Vec<i64>,
}

impl Book {
    /// The book of this half year.
    pub fn open() -> Self {
        let mut book = Self { companies: Vec::new(), customers: Vec::new(), reach: Vec::new() };
        for number in 0..COMPANIES {
            book.add_company(number);
        }
        book
    }

    /// The company of a customer.
    pub fn company_of(&self, customer: usize) -> &Company {
        &self.companies[self.customers[customer].company]
    }

    /// Somebody, drawn by how much they write.
    pub fn draw(&self, dice: &mut Dice) -> usize {
        let at = dice.below(self.reach.last().copied().unwrap_or(0));
        self.reach.partition_point(|reach| *reach <= at)
    }

    fn add_company(&mut self, number: u64) {
        let mut dice = Dice::of("company", number);
        let segment = dice.pick(&[("smb", 620), ("mid_market", 280), ("enterprise", 100)]);
        let (people, revenue) = match segment {
            "smb" => (dice.between(1, 10), dice.skewed(24, 190) * 100),
            "mid_market" => (dice.between(5, 19), dice.skewed(200, 900) * 100),
            _ => (dice.between(11, 34), dice.skewed(1000, 5200) * 100),
        };
        let language = dice.pick(&[("de", 470), ("en", 330), ("fr", 120), ("nl", 80)]);
        let is_quiet = dice.chance(170);
        let company = self.companies.len();
        self.companies.push(Company { id: format!("a-{:03}", number + 1), segment, revenue });
        for _ in 0..people {
            let language = if dice.chance(850) { language } else { "en" };
            let writes = if is_quiet { i64::from(dice.chance(400)) } else { dice.skewed(6, 34) };
            self.reach.push(self.reach.last().copied().unwrap_or(0) + writes);
            self.customers.push(Customer { id: format!("u-{:04}", self.customers.len() + 1), company, language });
        }
    }
}
