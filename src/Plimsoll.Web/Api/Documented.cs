using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Plimsoll.Web.Api;

/// <summary>What the OpenAPI document says of who may ask.</summary>
internal static class Documented
{
    /// <summary>Adds the two ways of saying who one is: a key of a program, and the cookie of a person who signed in.</summary>
    public static void Securities(OpenApiOptions options) =>
        options.AddDocumentTransformer(
            (document, _, _) =>
            {
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    ["key"] = new OpenApiSecurityScheme
                    {
                        Type = SecuritySchemeType.Http,
                        Scheme = "bearer",
                        Description =
                            "A key that POST /api/keys gave. Without accounts nobody is asked, and only this machine is let in.",
                    },
                    ["session"] = new OpenApiSecurityScheme
                    {
                        Type = SecuritySchemeType.ApiKey,
                        In = ParameterLocation.Cookie,
                        Name = "plimsoll",
                        Description = "The cookie of a person who signed in with the pages.",
                    },
                };
                document.Security =
                [
                    new OpenApiSecurityRequirement
                    {
                        [new OpenApiSecuritySchemeReference("key", document)] = [],
                    },
                    new OpenApiSecurityRequirement
                    {
                        [new OpenApiSecuritySchemeReference("session", document)] = [],
                    },
                ];
                return Task.CompletedTask;
            }
        );
}
