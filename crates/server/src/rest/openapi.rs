//! The OpenAPI document, and a page that shows it.

use axum::{
    Json, Router,
    http::{HeaderName, header},
    response::{IntoResponse, Response},
    routing::get,
};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        Content, Ref, RefOr, ResponseBuilder, Schema,
        path::Operation,
        schema::AdditionalProperties,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use super::problem::ProblemBody;

const PROBLEM: &str = "application/problem+json";
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What is in the document besides the routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Duelcast",
        description = "What back ends reach over HTTP. Times are Unix epoch milliseconds, spans are milliseconds. Every \
                       answer has the header x-request-id; every error is a problem (RFC 9457) with a number and a name.",
    ),
    components(schemas(ProblemBody)),
    security(("token" = [])),
    modifiers(&Bearer),
)]
pub(super) struct Document;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .description(Some("A token with the grant service, signed (HS256) with an API key."))
            .build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}

/// Of these nothing but what they name is taken, which utoipa says of structs only.
const CLOSED_CHOICES: [&str; 1] = ["ReplayWebhooks"];

fn with_closed_choices(mut document: utoipa::openapi::OpenApi) -> utoipa::openapi::OpenApi {
    let schemas = document.components.iter_mut().flat_map(|components| components.schemas.iter_mut());
    for (_, schema) in schemas.filter(|(name, _)| CLOSED_CHOICES.contains(&name.as_str())) {
        let RefOr::T(Schema::OneOf(choice)) = schema else { continue };
        for item in &mut choice.items {
            if let RefOr::T(Schema::Object(object)) = item {
                object.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
            }
        }
    }
    document
}

/// Every operation may answer with a problem.
fn with_problems(mut document: utoipa::openapi::OpenApi) -> utoipa::openapi::OpenApi {
    let problem = ResponseBuilder::new()
        .description("What went wrong.")
        .content(PROBLEM, Content::new(Some(RefOr::Ref(Ref::from_schema_name("Problem")))))
        .build();
    for item in document.paths.paths.values_mut() {
        let operations: [&mut Option<Operation>; 4] =
            [&mut item.get, &mut item.put, &mut item.post, &mut item.delete];
        for operation in operations.into_iter().flatten() {
            operation.responses.responses.insert("default".to_owned(), RefOr::T(problem.clone()));
        }
    }
    document
}

/// `/openapi.json` and `/docs`.
pub(super) fn router<S: Clone + Send + Sync + 'static>(document: utoipa::openapi::OpenApi) -> Router<S> {
    let document = with_closed_choices(with_problems(document));
    Router::new()
        .route("/openapi.json", get(async move || Json(document)))
        .route("/docs", get(async || file("text/html; charset=utf-8", include_str!("docs/page.html"))))
        .route("/docs/page.css", get(async || file("text/css; charset=utf-8", include_str!("docs/page.css"))))
        .route(
            "/docs/page.js",
            get(async || file("text/javascript; charset=utf-8", include_str!("docs/page.js"))),
        )
}

fn file(media_type: &'static str, content: &'static str) -> Response {
    let headers: [(HeaderName, &str); 4] = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, content).into_response()
}
