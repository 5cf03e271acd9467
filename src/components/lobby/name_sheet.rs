//! The sheet for a guest's name.

use duelcast_protocol::limits::MAX_USER_NAME_CHARS;
use leptos::ev;
use leptos::prelude::*;

use crate::{components::sheet::Sheet, i18n::words};

/// Asks for a name; `on_save` receives it trimmed and not empty.
#[component]
pub fn NameSheet(on_save: Callback<String>) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let trimmed = move || text.with(|text| text.trim().to_owned());
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if !trimmed().is_empty() {
            on_save.run(trimmed());
        }
    };
    view! {
        <Sheet title=words::name_question()>
            <form class="form" on:submit=submit>
                <label class="field">
                    <span>{words::your_name()}</span>
                    <input
                        class="input"
                        autocomplete="nickname"
                        maxlength=MAX_USER_NAME_CHARS.to_string()
                        placeholder=words::name_example()
                        data-testid="name-input"
                        bind:value=text
                    />
                </label>
                <button
                    class="button primary wide"
                    type="submit"
                    data-testid="name-save"
                    prop:disabled=move || trimmed().is_empty()
                >
                    {words::come_in()}
                </button>
            </form>
        </Sheet>
    }
}
