//! A single choice, as a row of chips.

use leptos::prelude::*;

/// An option: its value, its label and its test id.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice<T> {
    pub value: T,
    pub label: String,
    pub testid: String,
}

impl<T> Choice<T> {
    pub fn new(value: T, label: impl Into<String>, testid: impl Into<String>) -> Self {
        Self { value, label: label.into(), testid: testid.into() }
    }
}

/// A group of chips, one of which is pressed.
#[component]
pub fn Choices<T>(#[prop(into)] legend: String, choices: Vec<Choice<T>>, picked: RwSignal<T>) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let chip = move |choice: Choice<T>| {
        let (value, pick) = (choice.value.clone(), choice.value);
        view! {
            <button
                class="chip"
                type="button"
                aria-pressed=move || picked.with(|picked| *picked == value).to_string()
                data-testid=choice.testid
                on:click=move |_| picked.set(pick.clone())
            >
                {choice.label}
            </button>
        }
    };
    view! {
        <fieldset>
            <legend class="legend">{legend}</legend>
            <div class="chips">{choices.into_iter().map(chip).collect_view()}</div>
        </fieldset>
    }
}
